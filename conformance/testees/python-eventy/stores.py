"""The store of eventy that needs no server, and what the suite asks of a store.

A topic of a MemoryStore has no partitions and no keys, and there is one reader. What an app
writes to a topic is kept apart from what there is to read in it, and reaches no reader.
"""

import base64
from datetime import timedelta

from eventy.messaging.memory import MemoryStore
from eventy.messaging.store import Cursor
from eventy.record import Record
from eventy.serialization.json import JsonSerializer
from records import EPOCH

current = None  # The store that is open.


class Serializer(JsonSerializer):
    def encode(self, record):  # The suite writes bytes, and eventy takes records only.
        return super().encode(record) if isinstance(record, Record) else record


class Store(MemoryStore):
    def register_topic(self, topic, cursor=Cursor.ACKNOWLEDGED):  # Else only one app could be made for a store.
        if topic not in self.topics or cursor != Cursor.ACKNOWLEDGED:
            super().register_topic(topic, cursor)


def open_store(command):
    global current
    if command["binding"] != "BINDING_MEMORY":
        raise NotImplementedError(command["binding"])
    current = Store(Serializer())
    return {}


def create_topic(command):
    current.register_topic(command["topic"])
    return {}


def write(command):
    return {"positions": [append(record) for record in command.get("records", [])]}


def append(record):
    topic, value = record["topic"], base64.b64decode(record["value"]) if "value" in record else None
    current.add_record([value], topic)
    return {"topic": topic, "partition": 0, "offset": str(len(stored(topic)) - 1)}


def stored(topic, **parts):
    return current.get_encoded(topic, **parts or {"acked": True, "unacked": True, "unread": True, "committed": True})


def read(command):
    topic, partition = command["topic"], command.get("partition", 0)
    values = stored(topic) if partition == 0 else []
    first = position(topic, command.get("cursor", {}))
    end = first + command["limit"] if "limit" in command else len(values)
    return {"records": [{"topic": topic, "partition": partition, "offset": str(first + index),
                         **({} if value is None else {"value": base64.b64encode(value).decode()})}
                        for index, value in enumerate(values[first:end])]}


def position(topic, cursor):  # Two of the cursors eventy has for Kafka only: it is asked for them, and refuses.
    if "current" in cursor:
        current.register_topic(topic, Cursor.CURRENT)
    if "date" in cursor:
        current.register_assignment(topic, since_date=EPOCH + timedelta(milliseconds=int(cursor["date"])))
    return len(stored(topic, acked=True)) if "acknowledged" in cursor else int(cursor.get("offset", 0))


def acknowledged(command):
    offset = 0 if command.get("partition") else len(stored(command["topic"], acked=True))
    return {"offset": str(offset)} if offset > 0 else {}
