"""A CKStore that takes bytes, and of which more is known than it tells."""

from confluent_kafka import KafkaError
from eventy.messaging.confluent_kafka import CKStore
from eventy.messaging.store import Cursor
from eventy.record import Record
from eventy.serialization.avro import AvroSerializer
from eventy.serialization.json import JsonSerializer


class Raw:
    """Bytes, with what a CKStore asks of a record: the suite writes and reads whatever it likes."""

    correlation_id = qualified_name = ""

    def __init__(self, value, partition_key=None):
        self.value, self.partition_key = value, partition_key


class Raws:
    def encode(self, record):
        return super().encode(record) if isinstance(record, Record) else record.value


class Json(Raws, JsonSerializer):
    pass


class Avro(Raws, AvroSerializer):
    pass


class RawSerializer(Json):
    def decode(self, encoded):
        return Raw(encoded)


class Watched:
    """A client of Kafka, of which it is known what it was told last."""

    def __init__(self, client):
        self.client, self.message, self.begun, self.is_reading = client, None, set(), False

    def __getattr__(self, name):
        return getattr(self.client, name)

    def produce(self, on_delivery, **arguments):
        def note(error, message):
            self.message = message
            on_delivery(error, message)

        self.client.produce(on_delivery=note, **arguments)

    def subscribe(self, topics, on_assign, **arguments):
        def note(consumer, partitions):
            self.begun.clear()
            on_assign(consumer, partitions)

        self.client.subscribe(topics, on_assign=note, **arguments)

    def consume(self, count, timeout):
        self.is_reading = True
        messages = self.client.consume(count, timeout)
        self.is_reading = False
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
            self.immediate_producer = Watched(self.immediate_producer)

    def _initialize_consumer_subscription(self):
        self.consumer = Watched(self.consumer)
        super()._initialize_consumer_subscription()

    def _initialize_consumer_assignment(self):
        self.consumer = Watched(self.consumer)
        super()._initialize_consumer_assignment()
