"""Records of the testee protocol, as ProtoJSON has them, and records of eventy, in both directions."""

import base64
import json
from datetime import datetime, timedelta, timezone

from eventy.record import Event, Request, Response

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
MILLISECOND = timedelta(milliseconds=1)
TYPES = {"RECORD_TYPE_EVENT": Event, "RECORD_TYPE_REQUEST": Request, "RECORD_TYPE_RESPONSE": Response}

# The other fields of a record: name in ProtoJSON, name in eventy, what it means that it is absent.
COMMON = [("namespace", "namespace", ""), ("name", "name", ""), ("version", "version", ""),
          ("protocolVersion", "protocol_version", ""), ("source", "source", ""), ("uuid", "uuid", ""),
          ("correlationId", "correlation_id", ""), ("partitionKey", "partition_key", None)]
ANSWER = [("destination", "destination", ""), ("requestUuid", "request_uuid", ""), ("ok", "ok", False),
          ("errorCode", "error_code", None), ("errorMessage", "error_message", None)]
FIELDS = {Event: COMMON, Request: COMMON, Response: COMMON + ANSWER}


def read_value(message):  # {"integer": "42"} is 42, {"list": {"values": […]}} is a list, and so on.
    ((kind, content),) = message.items()
    if kind == "list":
        return [read_value(value) for value in content.get("values", [])]
    readers = {"null": lambda _: None, "boolean": bool, "integer": int, "double": float, "string": str,
               "bytes": base64.b64decode, "map": read_map}
    return readers[kind](content)


def read_map(message):
    return {entry.get("key", ""): read_value(entry["value"]) for entry in message.get("entries", [])}


def read_context(entries):
    return {entry.get("namespace", ""): read_map(entry.get("values", {})) for entry in entries}


def read_record(message):
    record_type = TYPES[message["type"]]
    values = {name: message.get(json_name, absent) for json_name, name, absent in FIELDS[record_type]}
    date = EPOCH + int(message.get("date", 0)) * MILLISECOND  # Exact: no float is involved.
    context, data = read_context(message.get("context", [])), read_map(message.get("data", {}))
    return record_type(**values, date=date, context=context, data=data)


def write_value(value):
    if value is None:
        return {"null": "NULL_UNSPECIFIED"}
    if isinstance(value, bool):  # Before int: to Python, True is an int.
        return {"boolean": value}
    if isinstance(value, int):
        if not -(2**63) <= value < 2**63:  # To round it would hide what was decoded.
            raise OverflowError(f"the testee protocol has no integer as large as {value}")
        return {"integer": str(value)}
    if isinstance(value, float):  # ProtoJSON has NaN and the infinities as strings.
        return {"double": value if abs(value) < float("inf") else json.dumps(value)}
    if isinstance(value, str):
        return {"string": value}
    if isinstance(value, bytes):
        return {"bytes": base64.b64encode(value).decode()}
    is_list = isinstance(value, list)
    return {"list": {"values": [write_value(item) for item in value]}} if is_list else {"map": write_map(value)}


def write_map(values):
    return {"entries": [{"key": key, "value": write_value(value)} for key, value in values.items()]}


def fits(json_name, value):  # What the protocol cannot carry is left out: None, and what eventy lets pass.
    is_int32 = type(value) is int and -(2**31) <= value < 2**31
    return is_int32 if json_name == "errorCode" else isinstance(value, bool if json_name == "ok" else str)


def write_record(record):
    values = {json_name: getattr(record, name) for json_name, name, _ in FIELDS[type(record)]}
    context = [{"namespace": urn, "values": write_map(part)} for urn, part in record.context.items()]
    return {"type": f"RECORD_TYPE_{record.type.value}", "date": str((record.date - EPOCH) // MILLISECOND),
            "context": context, "data": write_map(record.data),
            **{json_name: value for json_name, value in values.items() if fits(json_name, value)}}


def construct(draft, service, handled):  # As a handler does it: eventy leaves both versions to its user, too.
    record_type = TYPES[draft["type"]]
    fields = {"protocol_version": "3.5.0", "version": "1.0.0", "source": service, "name": draft.get("name", ""),
              "namespace": draft["target"] if record_type is Request else service,
              "correlation_id": draft.get("correlationId"), "partition_key": draft.get("partitionKey"),
              "context": read_context(draft.get("context", [])), "data": read_map(draft.get("data", {}))}
    if record_type is Response:
        fields.update(destination=handled.source, request_uuid=handled.uuid)
    return record_type(**fields)
