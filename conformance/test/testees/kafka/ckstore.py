"""What eventy 3.4.0 does on Kafka where the suite's commands do not lead: `ckstore.py what brokers service` prints it as JSON."""

import json
import logging
import sys
from threading import Thread

from confluent_kafka.admin import AdminClient, NewTopic
from eventy.messaging.agent import Guarantee, handler
from eventy.messaging.app import EventyApp
from eventy.messaging.confluent_kafka import CKStore
from eventy.messaging.service import Service
from eventy.record import Event, RecordType
from eventy.serialization.json import JsonSerializer

what, brokers, name = sys.argv[1:]
service, handled, logged = Service(name), [], []


@handler(RecordType.EVENT, None, "Tick", Guarantee.EXACTLY_ONCE)
def take(record):
    handled.append(record.data["n"])


def store(**options):
    return CKStore(JsonSerializer(), [brokers], group_id=name, **options)


def write(writer, number):
    event = Event("3.5.0", service.namespace, "Tick", "1.0.0", service.namespace, data={"n": number})
    try:
        writer.write_now(event, service.event_topic, timeout_ms=5_000)
        return "confirmed"
    except Exception as error:
        return f"{error}"


def thread_that_ends():
    writer, results = store(), []
    thread = Thread(target=lambda: (writer.initialize(), results.append(write(writer, 0))))
    thread.start()
    thread.join()
    writer.poll_thread.join()
    return [*results, write(writer, 1)]


def until_end():
    write(store(), 0)
    EventyApp(store(), service, handlers=[take], read_timeout_ms=5_000).run_until_end_of_topics()
    return handled


def at_the_end():
    write(store(), 0)
    reader = store()
    reader.register_assignment(service.event_topic, offsets=[1])
    return [list(reader.read(1, 5_000)), reader.has_reached_end_of_topics()]


def password():
    logging.basicConfig(level=logging.INFO, handlers=[Listener()])
    try:
        store(sasl_username="me", sasl_password="s3cret").initialize()
        error = None
    except Exception as raised:
        error = f"{raised}"
    return {"error": error, "logged": [line for line in logged if "s3cret" in line]}


class Listener(logging.Handler):
    def emit(self, record):
        logged.append(record.getMessage())


admin = AdminClient({"bootstrap.servers": brokers})
admin.create_topics([NewTopic(service.event_topic, 1)])[service.event_topic].result()
functions = {"thread-that-ends": thread_that_ends, "until-end": until_end, "at-the-end": at_the_end, "password": password}
print(json.dumps(functions[what]()))
