"""Services that the suite has run: an EventyApp in a thread, with handlers that do what their steps say.

eventy has neither groups, nor policies, time-outs and limits: an error of a handler ends the app. What the
suite asks of these is left out.
"""

import time
from threading import Event, Thread

import eventy.config
import stores
from eventy.messaging.app import EventyApp
from handlers import agent, gates, is_waiting, others, service_of

READ_MS = 20

runs = {}  # By the id of the command.


class Run:
    def __init__(self, command, say):
        service, handlers = service_of(command["service"]), command.get("handlers", [])
        eventy.config.SERVICE_NAME = service.name
        self.say, self.ended, self.place = say, Event(), stores.current
        agents = [agent(description, service.namespace, say) for description in handlers]
        self.store = self.place.store_for(service, command)
        # To read to the end there must be reads that come back with nothing. Else the time-out is that of eventy: none.
        read_timeout_ms = READ_MS if command.get("untilEnd") else None
        self.app = EventyApp(self.store, service, others(service.namespace, handlers), agents,
                             read_batch_size=command.get("maxBatch") or 1, read_timeout_ms=read_timeout_ms,
                             read_wait_time_ms=5)

    def begin(self, until_end):
        self.app.run(self.end)
        if until_end:
            Thread(target=self.cancel_at_end, daemon=True).start()

    def cancel_at_end(self):
        while not self.ended.wait(0.01) and not self.place.is_at_end(self.store):
            pass
        self.app.cancel()

    def end(self, error):
        self.place.leave(self.store, error)
        self.ended.set()
        fatal = error and {"message": f"{type(error).__name__}: {error.__cause__ or error}"}
        self.say({"event": {"fatal": fatal} if fatal else {"done": {}}})

    def stop(self, say):  # While nothing moves. In between, whether one more read begins would be luck.
        while not (self.ended.is_set() or is_waiting() or self.place.is_reading(self.store)):
            time.sleep(0.001)
        self.app.cancel()
        self.ended.wait()
        say({"done": {}})


def run(command, message_id, say):
    if command.get("replay"):
        raise NotImplementedError("eventy has no dead letters")
    if not all(run.ended.is_set() for run in runs.values()):  # Two apps may fail each other, or not: that is luck.
        raise NotImplementedError("handlers of two apps would all belong to the app that was made last")
    runs[message_id] = started = Run(command, say)
    say({"running": {}})
    started.begin(command.get("untilEnd", False))


def release(command):
    gate = gates[command["gate"]]
    if command.get("once"):
        del gates[command["gate"]]  # Who comes later waits at a new one.
    gate.set()
    return {}


def stop_run(command, _, say):  # In a thread: what is being handled may wait for a command.
    stopped = runs[command["run"]]
    if is_waiting():  # The next command may open the gate.
        stopped.app.cancel()
    Thread(target=stopped.stop, args=[say], daemon=True).start()
