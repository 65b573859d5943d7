"""The store of eventy that needs no server.

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


class Serializer(JsonSerializer):
    def encode(self, record):  # The suite writes bytes, and eventy takes records only.
        return super().encode(record) if isinstance(record, Record) else record


class Store(MemoryStore):
    def register_topic(self, topic, cursor=Cursor.ACKNOWLEDGED):  # Else only one app could be made for a store.
        if topic not in self.topics or cursor != Cursor.ACKNOWLEDGED:
            super().register_topic(topic, cursor)


class Memory:
    def __init__(self, _):
        self.store = Store(Serializer())

    def create_topic(self, command):
        self.store.register_topic(command["topic"])

    def write(self, command):
        return [self.append(record) for record in command.get("records", [])]

    def append(self, record):
        topic, value = record["topic"], base64.b64decode(record["value"]) if "value" in record else None
        self.store.add_record([value], topic)
        return {"topic": topic, "partition": 0, "offset": str(len(self.stored(topic)) - 1)}

    def stored(self, topic, **parts):
        everything = {"acked": True, "unacked": True, "unread": True, "committed": True}
        return self.store.get_encoded(topic, **parts or everything)

    def read(self, command):
        topic, partition = command["topic"], command.get("partition", 0)
        values = self.stored(topic) if partition == 0 else []
        first = self.position(topic, command.get("cursor", {}))
        end = first + command["limit"] if "limit" in command else len(values)
        return [{"topic": topic, "partition": partition, "offset": str(first + index),
                 **({} if value is None else {"value": base64.b64encode(value).decode()})}
                for index, value in enumerate(values[first:end])]

    def position(self, topic, cursor):  # Two of the cursors eventy has for Kafka only: it is asked for them, and refuses.
        if "current" in cursor:
            self.store.register_topic(topic, Cursor.CURRENT)
        if "date" in cursor:
            self.store.register_assignment(topic, since_date=EPOCH + timedelta(milliseconds=int(cursor["date"])))
        return len(self.stored(topic, acked=True)) if "acknowledged" in cursor else int(cursor.get("offset", 0))

    def acknowledged(self, command):
        count = 0 if command.get("partition") else len(self.stored(command["topic"], acked=True))
        return count or -1

    def store_for(self, _, command):
        if command.get("encoding", "ENCODING_JSON") != "ENCODING_JSON":
            raise NotImplementedError("a store has one encoding, and this one was made before the run")
        return self.store

    def is_at_end(self, store):  # What run_until_end_of_topics() waits for, which a MemoryStore does not implement.
        return not store.get_encoded(unread=True)

    def is_reading(self, _):  # Its reads take no time.
        return True

    def leave(self, _, __):
        pass
