"""Services that the suite has run: an EventyApp in a thread, with handlers that do what their steps say.

eventy has neither groups, nor policies, time-outs and limits, nor a choice of where to begin: an error of
a handler ends the app. What the suite asks of these is left out.
"""

import os
import signal
import time
from collections import Counter, defaultdict
from functools import cache
from threading import Event, Thread

import eventy.config
import stores
from eventy.messaging.agent import Agent, Guarantee, handler
from eventy.messaging.app import EventyApp
from eventy.messaging.service import Service
from eventy.record import RecordType
from records import construct, read_map

gates = defaultdict(Event)
tries = Counter()  # By handler and uuid.
runs = {}  # By the id of the command.


class Script(Agent):
    """A handler with settings: to eventy that is an agent, an object with a method that handles records."""

    def __init__(self, description, service, say):
        self.id, self.steps = description["id"], description.get("steps", [])
        self.service, self.say = service, say
        super().__init__()

    def follow(self, record):
        tries[self.id, record.uuid] += 1
        self.tell("invoked", record)
        for step in self.steps:
            if "onlyIf" not in step or record.data.get(step["onlyIf"]) is True:
                yield from self.take(step, record)

    def take(self, step, record):
        if "emit" in step:
            yield from self.emit(step["emit"], record)
        elif "effect" in step:
            self.tell("effect", record, label=step["effect"]["label"])
        elif "gate" in step:
            self.tell("gate", record, name=step["gate"]["name"])
            gates[step["gate"]["name"]].wait()
        elif "throw" in step:
            times = step["throw"].get("times", 0)
            if times == 0 or tries[self.id, record.uuid] <= times:
                raise RuntimeError(step["throw"].get("message") or f"{self.id} fails")
        elif "changeInput" in step:
            record.data["changed"] = True
        elif "crash" in step:
            os.kill(os.getpid(), signal.SIGKILL)
        elif "hang" in step:
            Event().wait()
        elif "sleepMs" in step:
            time.sleep(step["sleepMs"] / 1000)
        else:
            raise NotImplementedError(f"{step}")

    def emit(self, step, record):
        draft, given = step["draft"], {"input": record.data["n"]} if "n" in record.data else {}
        for i in range(step.get("times") or 1):
            output = construct(draft, self.service, record)
            output.data.update(given, i=i)
            yield output

    def tell(self, event, record, **fields):  # eventy tells a handler neither where a record stands nor a key.
        self.say({"event": {event: {**fields, "delivery": {"handler": self.id, "uuid": record.uuid}}}})


@cache
def agent_class(*handled):  # As a module defines it, once: handlers of the same records are agents of one class.
    return type("Handler", (Script,), {"handle": handler(*handled)(Script.follow)})


def agent(description, service, say):
    handled_type = RecordType[description["type"].removeprefix("RECORD_TYPE_")]
    namespace = description["namespace"]
    name = None if namespace == service else service_of(namespace).name  # None is the service of the app.
    guarantee = Guarantee[description["guarantee"].removeprefix("GUARANTEE_")]
    return agent_class(handled_type, name, description["name"], guarantee)(description, service, say)


def service_of(namespace):
    return Service(namespace.removeprefix("urn:"), namespace)


def others(service, handlers):  # Whose records are handled, and who is sent requests.
    emitted = [step["emit"]["draft"] for handler in handlers for step in handler.get("steps", []) if "emit" in step]
    targets = [draft["target"] for draft in emitted if "target" in draft]
    return {service_of(urn) for urn in [*targets, *(handler["namespace"] for handler in handlers)] if urn != service}


class Run:
    def __init__(self, command, say):
        service, handlers = command["service"], command.get("handlers", [])
        eventy.config.SERVICE_NAME = service_of(service).name
        self.say, self.ended = say, Event()
        self.app = EventyApp(stores.current, service_of(service), others(service, handlers),
                             [agent(description, service, say) for description in handlers],
                             read_batch_size=command.get("maxBatch") or 1, read_wait_time_ms=5)

    def begin(self, until_end):
        self.app.run(self.end)
        if until_end:
            Thread(target=self.cancel_at_end, daemon=True).start()

    def cancel_at_end(self):  # What run_until_end_of_topics() waits for, which a MemoryStore does not implement.
        while stores.current.get_encoded(unread=True) and not self.ended.wait(0.01):
            pass
        self.app.cancel()

    def end(self, error):
        self.ended.set()
        fatal = error and {"message": f"{type(error).__name__}: {error.__cause__ or error}"}
        self.say({"event": {"fatal": fatal} if fatal else {"done": {}}})

    def stop(self, say):
        self.app.cancel()
        self.ended.wait()
        say({"done": {}})


def run(command, message_id, say):
    if command.get("replay"):
        raise NotImplementedError("eventy has no dead letters")
    if not all(run.ended.is_set() for run in runs.values()):  # Two apps may fail each other, or not: that is luck.
        raise NotImplementedError("a MemoryStore has one transaction, and is for one app at a time")
    runs[message_id] = started = Run(command, say)
    say({"running": {}})
    started.begin(command.get("untilEnd", False))


def release(command):
    gates[command["gate"]].set()
    return {}


def stop_run(command, _, say):  # In a thread: what is being handled may wait for a command.
    Thread(target=runs[command["run"]].stop, args=[say], daemon=True).start()
