"""The store of eventy on Kafka, CKStore, each reader and each app with one of its own.

eventy creates no topics, and says neither where a record stands nor how far a group has come: that is asked of
the client under it. Settings differ from its defaults only to be quick.
"""

import base64
from datetime import timedelta

from confluent_kafka import OFFSET_END, ConsumerGroupTopicPartitions, KafkaError, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from eventy.messaging.confluent_kafka import CKStore
from eventy.messaging.store import Cursor
from eventy.record import Record
from eventy.serialization.json import JsonSerializer
from handlers import service_of, type_of
from records import EPOCH

PRODUCER = {"linger.ms": 0}
LEASE_MS = 6_000
CURSORS = {"begin": Cursor.BEGIN, "acknowledged": Cursor.ACKNOWLEDGED, "current": Cursor.CURRENT}


class Raw:
    """Bytes, with what a CKStore asks of a record: the suite writes and reads whatever it likes."""

    correlation_id = qualified_name = ""

    def __init__(self, value, partition_key=None):
        self.value, self.partition_key = value, partition_key


class Serializer(JsonSerializer):
    def encode(self, record):
        return super().encode(record) if isinstance(record, Record) else record.value


class RawSerializer(Serializer):
    def decode(self, encoded):
        return Raw(encoded)


class Watched:
    """A client of Kafka, of which it is known what it was told last."""

    def __init__(self, client):
        self.client, self.message, self.begun = client, None, set()

    def __getattr__(self, name):
        return getattr(self.client, name)

    def produce(self, on_delivery, **arguments):
        def note(error, message):
            self.message = message
            on_delivery(error, message)

        self.client.produce(on_delivery=note, **arguments)

    def consume(self, count, timeout):
        messages = self.client.consume(count, timeout)
        self.begun.update((message.topic(), message.partition()) for message in messages)
        found = [message for message in messages
                 if not message.error() or message.error().code() != KafkaError._PARTITION_EOF]
        self.message = found[-1] if found else None
        return found


class Store(CKStore):
    def register_topic(self, topic, cursor=Cursor.ACKNOWLEDGED):  # Else only one app could be made for a store.
        if topic not in self.topics:
            super().register_topic(topic, cursor)

    def initialize(self):
        if not self.initialized:
            super().initialize()
            self.immediate_producer, self.consumer = Watched(self.immediate_producer), Watched(self.consumer)


class Kafka:
    def __init__(self, command):
        self.servers = command["location"].split(",")
        self.lease_ms = command.get("leaseMs") or LEASE_MS
        self.admin = AdminClient({"bootstrap.servers": command["location"]})
        self.writer = self.failed = None

    def store(self, serializer, group=None, **config):
        consumer = {"fetch.wait.max.ms": 10, "session.timeout.ms": self.lease_ms,
                    "heartbeat.interval.ms": min(3_000, self.lease_ms // 4), **config}
        return Store(serializer, self.servers, group, extra_consumer_config=consumer,
                     extra_transactional_producer_config=PRODUCER, extra_immediate_producer_config=PRODUCER)

    def create_topic(self, command):
        topic = NewTopic(command["topic"], num_partitions=command["partitions"])
        self.admin.create_topics([topic])[topic.topic].result()

    def partitions_of(self, topic):
        return len(self.admin.list_topics(topic).topics[topic].partitions)

    def write(self, command):
        if self.writer is None:
            self.writer = self.store(Serializer())
            self.writer.initialize()
        return [self.append(record) for record in command.get("records", [])]

    def append(self, record):  # Neither headers nor a partition can be given.
        value = base64.b64decode(record["value"]) if "value" in record else None
        self.writer.write_now(Raw(value, record.get("key")), record["topic"])
        return place(self.writer.immediate_producer.message)

    def read(self, command):
        topic, partition, limit = command["topic"], command.get("partition", 0), command.get("limit") or float("inf")
        store = self.store(RawSerializer(), command.get("group"), **{"enable.partition.eof": True})
        assign(store, topic, self.partitions_of(topic), command["cursor"], partition)
        store.initialize()
        records = []
        while len(records) < limit and not self.is_at_end(store):
            for record in store.read(1, 20):
                if store.consumer.message.partition() == partition:
                    value = {} if record.value is None else {"value": base64.b64encode(record.value).decode()}
                    records.append({**place(store.consumer.message), **value})
        store.close()
        return records

    def acknowledged(self, command):
        partition = TopicPartition(command["topic"], command.get("partition", 0))
        request = ConsumerGroupTopicPartitions(command["group"], [partition])
        (answer,) = self.admin.list_consumer_group_offsets([request]).values()
        return answer.result().topic_partitions[0].offset

    def store_for(self, service, command):
        handlers, until_end = command.get("handlers", []), command.get("untilEnd", False)
        topics = sorted({service_of(one["namespace"]).topic_for(type_of(one)) for one in handlers})
        wanted = (service.name, topics, until_end)
        if self.failed is not None:  # A program that goes on after an error does so with the store that it has.
            store, made_for = self.failed
            self.failed = None
            if wanted == made_for:
                return store
            store.close()
        store = self.store(Serializer(), service.name, **{"enable.partition.eof": until_end})
        store.made_for = wanted
        start = command.get("start", {})
        for topic in topics if "offset" in start or "date" in start else []:
            assign(store, topic, self.partitions_of(topic), start)
        return store

    def is_at_end(self, store):  # Before it has read anything, eventy takes every topic for one that is at its end.
        if not store.initialized or not (assigned := store.consumer.assignment()):
            return False
        begun = all((one.topic, one.partition) in store.consumer.begun for one in assigned)
        return begun and store.has_reached_end_of_topics()

    def leave(self, store, error):
        if error is None:
            store.close()
        else:
            self.failed = store, store.made_for


def place(message):
    return {"topic": message.topic(), "partition": message.partition(), "offset": str(message.offset())}


def assign(store, topic, partitions, cursor, partition=None):
    if "offset" in cursor:
        only = range(partitions) if partition is None else [partition]
        offsets = [int(cursor["offset"]) if one in only else OFFSET_END for one in range(partitions)]
        store.register_assignment(topic, offsets=offsets)
    elif "date" in cursor:
        store.register_assignment(topic, since_date=EPOCH + timedelta(milliseconds=int(cursor["date"])))
    else:
        ((kind, _),) = cursor.items()
        store.register_topic(topic, CURSORS[kind])
