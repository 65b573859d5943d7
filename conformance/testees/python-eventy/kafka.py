"""The store of eventy on Kafka, CKStore, each reader and each app with one of its own.

eventy creates no topics, and says neither where a record stands nor how far a group has come: that is asked of
the client under it. Settings differ from its defaults only to be quick.
"""

import base64
import json
from datetime import timedelta

from confluent_kafka import OFFSET_END, ConsumerGroupTopicPartitions, KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import AdminClient, NewTopic
from eventy.messaging.store import Cursor
from handlers import service_of, type_of
from records import EPOCH
from watched import Avro, Json, Raw, RawSerializer, Store

PRODUCER = {"linger.ms": 0}
LEASE_MS = 6_000
CURSORS = {"begin": Cursor.BEGIN, "acknowledged": Cursor.ACKNOWLEDGED, "current": Cursor.CURRENT}


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
        try:
            self.admin.create_topics([topic])[topic.topic].result()
        except KafkaException as error:  # Whoever creates topics for eventy is content with one that is there.
            if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                raise

    def partitions_of(self, topic):
        return len(self.admin.list_topics(topic).topics[topic].partitions)

    def write(self, command):
        if self.writer is None:
            self.writer = self.store(Json())
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
        store = self.store(serializer_of(command), service.name, **{"enable.partition.eof": until_end})
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

    def is_reading(self, store):
        return store.consumer.is_reading

    def leave(self, store, error):
        if error is None:
            store.close()
        else:
            self.failed = store, store.made_for


def serializer_of(command):
    serializer = {"ENCODING_JSON": Json, "ENCODING_AVRO": Avro}[command.get("encoding", "ENCODING_JSON")]()
    for schema in command.get("schemas", []) if isinstance(serializer, Avro) else []:
        serializer.register_schema(json.loads(schema))
    return serializer


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
