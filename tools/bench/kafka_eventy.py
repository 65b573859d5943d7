"""Has eventy 3.4.0 make one output of each record, exactly once, until the standard input ends.

Arguments: brokers, group, input topic, output topic, records of a batch.
"""

import os
import sys
from threading import Thread

import eventy.config

brokers, group, input_topic, output_topic, batch = sys.argv[1:]
eventy.config.SERVICE_NAME = "till"

from eventy.messaging.agent import Guarantee, handle_event
from eventy.messaging.app import EventyApp
from eventy.messaging.confluent_kafka import CKStore
from eventy.messaging.service import Service
from eventy.record import Event
from eventy.serialization.json import JsonSerializer


@handle_event("shop", "Placed", Guarantee.EXACTLY_ONCE)
def handle(record):
    yield Event(protocol_version="3.5.0", namespace="urn:till", name="Paid", version="1.0.0", source="urn:till",
                partition_key=record.partition_key, data=record.data)


def end_with_input():
    sys.stdin.read()
    os._exit(0)


Thread(target=end_with_input, daemon=True).start()
store = CKStore(JsonSerializer(), brokers.split(","), group_id=group)
shop, till = Service("shop", event_topic=input_topic), Service("till", event_topic=output_topic)
app = EventyApp(store, till, [shop], handlers=[handle], read_batch_size=int(batch), read_timeout_ms=100)
app.run_until_cancelled()
