"""Random records with hard values that eventy 3.4.0 writes: `original_records.py ENCODING SEED COUNT`.

One JSON object a line: `bytes` as the original writes them, and `record`, what they say, as the testee protocol writes
records. That is what the original itself reads back, since it turns some values into others when it writes (a tuple into
a list, a double into a float); except that UUIDs have their usual spelling, and that the date is the one in the bytes,
of which the original loses a millisecond more when it reads.
"""

import base64
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

sys.path.append(str(Path(__file__).parents[3] / "conformance/testees/python-eventy"))

import records
from eventy.record import Event, Request, Response
from eventy.serialization.avro import AvroSerializer
from eventy.serialization.json import JsonSerializer

ALPHABET = "aZ09_-:./ \"'\\\t\n\r\0\x7f\x80\u00e9\u03a9\u2028\u2029\ufeff\uffff\u6f22\U0001f600\U0010ffff"
KEYS = ["", "__proto__", "constructor", "toString", "length", "0", "a.b", "$int"]
WORDS = ["order", "Billing", "a_b", "pay-ment", "x1", "0"]
INTEGERS = [0, 1, -1, 2**31, 2**53 - 1, 2**53, -(2**53) - 1, 2**63 - 1, -(2**63)]
DOUBLES = [0.0, -0.0, 0.1, 1.0, 1e16, 1e21, 1e22, 5e-324, -1.7976931348623157e308, 2.0**63, 12345.678, -1e-300]
PRERELEASES = ["", "-rc.1", "-alpha-beta.0.x", "+build.005", "-0a+-"]


def text():
    return "".join(random.choices(ALPHABET, k=random.choice([0, 1, 3, 12])))


def urn(dots=True):
    urns = ["urn:" + ":".join(random.choices(WORDS, k=random.randint(1, 3))), "urn:" + text().replace(".", "")]
    return random.choice(urns + ["urn:with.dot"] if dots else urns)


def integer():
    return random.choice([*INTEGERS, random.randrange(-(2**63), 2**63), random.randrange(-1000, 1000)])


def double():
    return random.choice([*DOUBLES, random.uniform(-1e6, 1e6), random.random() * 10.0 ** random.randrange(-300, 300)])


def scalar():
    return random.choice([lambda: None, lambda: random.random() < 0.5, integer, double, text])()


def value(depth=0):
    if depth > 4 or random.random() < 0.5:
        return scalar()
    if random.random() < 0.5:
        return random.choice([list, tuple])(value(depth + 1) for _ in range(random.randrange(4)))
    return mapping(lambda: value(depth + 1))


def mapping(values):
    return {random.choice([*KEYS, text()]): values() for _ in range(random.randrange(4))}


def deep():
    nested = scalar()
    for _ in range(random.randrange(100, 127)):
        nested = [nested] if random.random() < 0.5 else {random.choice(KEYS): nested}
    return nested


def uuid():
    plain = str(UUID(int=random.getrandbits(128)))
    bare = plain.replace("-", "")
    hyphens = "-".join(bare[at:at + 8] for at in range(0, 32, 8))
    return random.choice([plain, plain, plain.upper(), f"{{{plain}}}", f"urn:uuid:{plain}", bare, bare.upper(), hyphens])


def date():
    days = random.choice([0, random.randrange(1, 3_652_058), random.randrange(710_000, 760_000), 719_162])
    microseconds = random.choice([0, 1, 999, 999_999, 1000 * random.randrange(1000), random.randrange(10**6)])
    offset = timezone(timedelta(minutes=random.choice([0, 0, 330, -720, 840])))
    hour = random.randrange(24) if days else 23
    moment = datetime(1, 1, 1, hour, random.randrange(60), random.randrange(60), tzinfo=offset)
    return moment + timedelta(days=days, microseconds=microseconds)


def semver(major, least_minor=0):
    return f"{major}.{random.randrange(least_minor, 20)}.{random.randrange(20)}{random.choice(PRERELEASES)}"


def envelope(record_type):
    fields = {
        # Pre-releases of 3.0.0 come before it: the original takes them for versions of protocol 2.
        "protocol_version": random.choice(["3.0.0", semver(3, least_minor=1)]), "version": semver(random.randrange(9)), "source": urn(), "uuid": uuid(),
        "correlation_id": text(), "partition_key": random.choice([None, "", text()]), "date": date(),
    }
    if record_type is Response:
        code = random.choice([None, 0, 2**31 - 1, -(2**31), random.randrange(1000)])
        fields.update(destination=urn(dots=False), request_uuid=uuid(), ok=random.random() < 0.5, error_code=code,
                      error_message=random.choice([None, "", text()]))
    return fields


def json_record():
    record_type = random.choice([Event, Request, Response])
    context = {random.choice([urn(), text()]): mapping(value) for _ in range(random.randrange(3))}
    data = {"deep": deep()} if random.random() < 0.05 else mapping(value)
    return record_type(namespace=urn(), name=text(), context=context, data=data, **envelope(record_type))


# Kinds of Avro fields: a schema, and a value of it.
def avro_kind(name, depth=0):
    kinds = [
        ("string", text), ("boolean", lambda: random.random() < 0.5), ("long", integer), ("double", double),
        ("int", lambda: random.choice([0, 2**31 - 1, -(2**31)])), ("float", lambda: random.choice([0.5, -2.0**100])),
        ("bytes", lambda: random.randbytes(random.randrange(9))), ("null", lambda: None),
        ({"type": "enum", "name": f"{name}_enum", "symbols": ["A", "b_1"]}, lambda: random.choice(["A", "b_1"])),
        ({"type": "fixed", "name": f"{name}_fixed", "size": 3}, lambda: random.randbytes(3)),
    ]
    schema, values = random.choice(kinds)
    shape = random.choice(["plain", "optional", "array", "map", "record", "union"]) if depth < 3 else "plain"
    if shape == "optional" and schema != "null":
        return random.choice([["null", schema], [schema, "null"]]), lambda: random.choice([None, values()])
    if shape == "union":
        return ["null", "boolean", "string", "long", "double"], lambda: random.choice([None, True, "a", 2**40, 1.5])
    if shape in ("array", "map", "record"):
        schema, values = avro_kind(f"{name}_{depth}", depth + 1)
    if shape == "array":
        return {"type": "array", "items": schema}, lambda: [values() for _ in range(random.randrange(3))]
    if shape == "map":
        return {"type": "map", "values": schema}, lambda: mapping(values)
    if shape == "record":
        fields = [{"name": "first", "type": schema}, {"name": "last", "type": "string"}]
        return {"type": "record", "name": f"{name}_record{depth}", "fields": fields}, lambda: {"first": values(), "last": text()}
    return schema, values


def avro_record(serializer, number):
    record_type = random.choice([Event, Request, Response])
    namespace, name = "urn:" + ":".join(random.choices(["shop", "Billing", "pay-ment"], k=2)), f"Record{number}"
    kinds = {f"field{at}": avro_kind(f"f{at}") for at in range(random.randrange(5))}
    fields = [{"name": field, "type": schema} for field, (schema, _) in kinds.items()]
    serializer.register_schema({"protocol_version": "3.0.0", "namespace": namespace, "name": name,
                                "type": record_type.__name__.lower(), "data_fields": fields})
    data = {field: values() for field, (_, values) in kinds.items()}
    no_data = record_type is Response and random.random() < 0.3
    # The original writes doubles of a context as floats of 32 bits, and fails with those that do not fit.
    scalars = [lambda: None, lambda: random.random() < 0.5, integer, text, lambda: random.uniform(-1e6, 1e6)]
    context = {random.choice([urn(), text()]): mapping(lambda: random.choice(scalars)()) for _ in range(random.randrange(3))}
    return record_type(namespace=namespace, name=name, context=context, data={} if no_data else data, **envelope(record_type))


def main():
    encoding, seed, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    random.seed(seed)
    serializer = JsonSerializer() if encoding == "JSON" else AvroSerializer()
    for number in range(count):
        record = json_record() if encoding == "JSON" else avro_record(serializer, number)
        encoded = serializer.encode(record)
        said = records.write_record(serializer.decode(encoded))
        said["date"] = str((record.date - records.EPOCH) // records.MILLISECOND)
        said.update({name: str(UUID(said[name])) for name in ("uuid", "requestUuid") if name in said})
        print(json.dumps({"bytes": base64.b64encode(encoded).decode(), "record": said}))


if __name__ == "__main__":
    main()
