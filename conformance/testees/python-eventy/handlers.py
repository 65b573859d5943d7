"""Handlers that do what their steps say: to eventy each is an agent, an object with a method that handles records."""

import os
import signal
import time
from collections import Counter, defaultdict
from functools import cache
from threading import Event

from eventy.messaging.agent import Agent, Guarantee, handler
from eventy.messaging.service import Service
from eventy.record import RecordType
from records import construct

gates = defaultdict(Event)
tries = Counter()  # By handler and uuid.
waited_for = None  # The gate that a handler waits at.


def wait(gate, tell):
    global waited_for
    waited_for = gate
    tell()
    gate.wait()
    waited_for = None


def is_waiting():
    gate = waited_for
    return gate is not None and not gate.is_set()


class Script(Agent):
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
            name = step["gate"]["name"]
            wait(gates[name], lambda: self.tell("gate", record, name=name))
        elif "throw" in step:
            times = step["throw"].get("times", 0)
            if times == 0 or tries[self.id, record.uuid] <= times:
                raise RuntimeError(step["throw"].get("message") or f"{self.id} fails")
        elif "changeInput" in step:
            record.data["changed"] = True
        elif "crash" in step:
            os.kill(os.getpid(), signal.SIGKILL)
        elif "hang" in step:
            wait(Event())
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
    namespace = description["namespace"]
    name = None if namespace == service else service_of(namespace).name  # None is the service of the app.
    guarantee = Guarantee[description["guarantee"].removeprefix("GUARANTEE_")]
    return agent_class(type_of(description), name, description["name"], guarantee)(description, service, say)


def type_of(description):
    return RecordType[description["type"].removeprefix("RECORD_TYPE_")]


def service_of(namespace):
    return Service(namespace.removeprefix("urn:").replace(":", "."), namespace)  # The names of topics are the user's choice.


def others(service, handlers):  # Whose records are handled, and who is sent requests.
    emitted = [step["emit"]["draft"] for handler in handlers for step in handler.get("steps", []) if "emit" in step]
    targets = [draft["target"] for draft in emitted if "target" in draft]
    return {service_of(urn) for urn in [*targets, *(handler["namespace"] for handler in handlers)] if urn != service}
