"""What spec/bindings/kafka.md says, on librdkafka: `librdkafka_worker.py brokers service session_ms` makes an event
`Converted` of each request `Convert` of the service, exactly once, and shares its group with members of any kind."""

import json
import signal
import sys
import time
from urllib.parse import quote
from uuid import UUID, uuid5

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, Producer, TopicPartition

brokers, service, session_ms = sys.argv[1:]
group, urn, requests, cursors = service, f"urn:{service}", f"{service}-requests", "eventy-cursors"
GROUP = quote(group, safe="-_.!~*'()")
PROCESSING = UUID("98a0f305-ecd9-5750-bb4e-6b6cf38c5c73")
CLIENT = {"bootstrap.servers": brokers, "allow.auto.create.topics": False, "log_level": 3}
READER = {**CLIENT, "group.id": group, "enable.auto.commit": False, "auto.offset.reset": "error"}
MEMBER = {"partition.assignment.strategy": "cooperative-sticky", "session.timeout.ms": int(session_ms)}
MEMBER = {**READER, **MEMBER, "heartbeat.interval.ms": int(session_ms) // 5, "isolation.level": "read_committed"}


class Claim:
    def __init__(self, member, partition):
        self.member, self.place, self.key = member, (requests, partition), f"{GROUP}:{requests}:{partition}"
        settings = {"partitioner": "murmur2_random", "transactional.id": f"eventy:{self.key}"}
        self.producer = Producer({**CLIENT, **settings})
        self.producer.init_transactions()
        while not self.is_member():
            time.sleep(0.05)
        self.cursor = member.committed([TopicPartition(*self.place)])[0].offset
        if self.cursor < 0:
            self.commit([], self.start())

    def is_member(self):
        """librdkafka sends no heartbeat when asked, but the offsets of a transaction show the same."""
        try:
            self.producer.begin_transaction()
            self.send_cursor(0)
            return True
        except KafkaException as error:
            if error.args[0].code() != KafkaError.ILLEGAL_GENERATION:
                raise
            return False
        finally:
            self.producer.abort_transaction()

    def start(self):
        reader, ends, value = Consumer({**READER, "enable.partition.eof": True}), 0, None
        partitions = reader.list_topics(cursors).topics[cursors].partitions
        reader.assign([TopicPartition(cursors, partition, OFFSET_BEGINNING) for partition in partitions])
        while ends < len(partitions):
            message = reader.poll()
            if not message.error():
                value = message.value() if message.key() == self.key.encode() else value
            elif message.error().code() == KafkaError._PARTITION_EOF:
                ends += 1
        reader.close()
        begin, _ = self.member.get_watermark_offsets(TopicPartition(*self.place))
        return begin if value is None else json.loads(value)["acknowledged"]

    def send_cursor(self, cursor):
        metadata = self.member.consumer_group_metadata()
        self.producer.send_offsets_to_transaction([TopicPartition(*self.place, cursor)], metadata)

    def commit(self, outputs, cursor):
        self.producer.begin_transaction()
        for output in outputs:
            headers = {"content-type": "application/vnd.eventy.v3+json"}
            self.producer.produce(f"{service}-events", json.dumps(output), output["partition_key"], headers=headers)
        self.producer.produce(cursors, json.dumps({"acknowledged": cursor}), self.key)
        self.send_cursor(cursor)
        self.producer.commit_transaction()
        self.cursor = cursor


def output_of(text):
    record = json.loads(text)
    names = [record["source"], record["uuid"], group, f"request:{urn}:Convert:exactly-once", f"{urn}:Converted", "0"]
    hops = record["context"].get("urn:eventy:flow", {}).get("hops", 0) + 1
    context = {**record["context"], "urn:eventy:flow": {"hops": hops, "causation_uuid": record["uuid"]}}
    uuid = str(uuid5(PROCESSING, "".join(f"{len(name.encode())}:{name}," for name in names)))
    data = {"worker": "librdkafka"}
    return {**record, "type": "EVENT", "name": "Converted", "source": urn, "uuid": uuid, "context": context, "data": data}


def claim(partition):
    """Who is no member any more has no claim, and hears of it at the next poll."""
    try:
        claims[partition] = Claim(member, partition)
    except KafkaException as error:
        claims.pop(partition, None)
        print(f"no claim on {partition}: {error}", file=sys.stderr)
    return claims[partition].cursor if partition in claims else OFFSET_BEGINNING


def on_assign(_, partitions):
    member.incremental_assign([TopicPartition(requests, one.partition, claim(one.partition)) for one in partitions])


def on_revoke(_, partitions):
    for each in partitions:
        claims.pop(each.partition, None)
    member.incremental_unassign(partitions)


claims, ending = {}, []
signal.signal(signal.SIGTERM, lambda *_: ending.append(True))
member = Consumer(MEMBER)
member.subscribe([requests], on_assign=on_assign, on_revoke=on_revoke, on_lost=on_revoke)
while not ending:
    batches = {}
    for message in member.consume(500, 0.1):
        batches.setdefault(message.partition(), []).append(message)
    for partition, messages in batches.items():
        try:
            if partition in claims:
                claims[partition].commit([output_of(each.value()) for each in messages], messages[-1].offset() + 1)
        except KafkaException:
            member.seek(TopicPartition(requests, partition, claim(partition)))
member.close()
