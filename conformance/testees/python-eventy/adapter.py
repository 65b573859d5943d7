"""Testee of the Eventy conformance suite for the Python package eventy 3.4.0.

The suite writes one command a line to the standard input of this program and reads one
reply a line from its standard output, both as ProtoJSON, which leaves out a field that
has its default: see schemas/proto/eventy/conformance/v1/testee.proto. An adapter only
translates: it neither hides a defect of the implementation nor mends it.
"""

import base64
import json
import os
import sys
from functools import partial
from importlib.metadata import version
from threading import Lock

import eventy.config
import runs
import stores
from eventy.serialization.avro import AvroSerializer
from eventy.serialization.json import JsonSerializer
from eventy.trace_id import local_trace
from records import construct, read_record, write_record

SERIALIZERS = {"ENCODING_JSON": JsonSerializer, "ENCODING_AVRO": AvroSerializer}


def start(_):  # The capabilities are what eventy claims, whether or not it is true.
    return {"implementation": "eventy (Python)", "version": version("eventy"), "pid": os.getpid(),
            "capabilities": ["codec.json", "codec.avro", "context", "binding.memory", "binding.kafka", "store",
                             "guarantee.alo", "guarantee.amo", "guarantee.eos"]}


def encode(command):
    serializer = SERIALIZERS[command["encoding"]]()
    if "schema" in command:
        serializer.register_schema(json.loads(command["schema"]))
    return {"bytes": base64.b64encode(serializer.encode(read_record(command["record"]))).decode()}


def decode(command):
    serializer = SERIALIZERS[command["encoding"]]()
    return {"record": write_record(serializer.decode(base64.b64decode(command.get("bytes", ""))))}


def emit(command):
    service, handled = command["service"], read_record(command["input"]) if "input" in command else None
    eventy.config.SERVICE_NAME = service[len("urn:"):]
    with local_trace(handled.correlation_id if handled else None):  # All that EventyApp does around a handler.
        records = [construct(draft, service, handled) for draft in command.get("drafts", [])]
    return {"records": [write_record(record) for record in records]}


def partition(_):
    raise NotImplementedError("eventy leaves the choice of a partition to the client of its store")


def answer(reply, ask):
    return lambda command, _, say: say({reply: ask(command)})


COMMANDS = {
    "start": answer("started", start), "stop": answer("stopped", lambda _: {}),
    "encode": answer("encoded", encode), "decode": answer("decoded", decode), "emit": answer("emitted", emit),
    "partition": answer("partitioned", partition), "open": answer("done", stores.open_store),
    "createTopic": answer("done", stores.create_topic), "write": answer("written", stores.write),
    "read": answer("readRecords", stores.read), "acknowledged": answer("acknowledgedOffset", stores.acknowledged),
    "run": runs.run, "release": answer("done", runs.release), "stopRun": runs.stop_run,
}


def write_line(file, lock, message_id, reply):
    line = json.dumps({"id": message_id, **reply}, ensure_ascii=False)
    with lock:  # Handlers run in threads.
        print(line, file=file, flush=True)


def main():
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # "?" for a lone surrogate, which eventy lets pass.
    replies, sys.stdout = sys.stdout, sys.stderr  # A stray print() ends in the log, not in the protocol.
    lock = Lock()
    for message in map(json.loads, sys.stdin.buffer):
        name = next(name for name in COMMANDS if name in message)
        say = partial(write_line, replies, lock, message["id"])
        try:
            COMMANDS[name](message[name], message["id"], say)
        except Exception as error:  # To refuse is an answer, too.
            say({"failed": {"message": f"{type(error).__name__}: {error.__cause__ or error}"}})
        if name == "stop":
            os._exit(0)  # Whatever handlers still run.


if __name__ == "__main__":
    main()
