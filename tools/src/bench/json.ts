import { jsonCodec } from "@eventy/sdk/codec/json";
import { type EventyRecord, formatInstant } from "@eventy/sdk/record";
import { CloudEvent, HTTP } from "cloudevents";
import type { Comparison } from "./comparison.js";
import { contender } from "./measure.js";
import { cycle, records } from "./payload.js";
import type { Suite } from "./suite.js";

const codec = jsonCodec();
const utf8 = new TextDecoder();
const bytes = records.map((record) => codec.encode(record));
const texts = bytes.map((each) => utf8.decode(each));
const values = texts.map((text) => JSON.parse(text));
const cloudEvents = records.map(toCloudEvent);
const cloudMessages = cloudEvents.map((event) => HTTP.structured(event));

/** JSON against what the language itself does, and against another package for events. */
export function jsonSuite(): Suite {
  return { parts: [decode(), encode()] };
}

function decode(): Comparison {
  const [nextBytes, nextForParse, nextText, nextMessage] = [
    cycle(bytes),
    cycle(bytes),
    cycle(texts),
    cycle(cloudMessages),
  ];
  return {
    title: "JSON decode, bytes to a validated immutable record",
    ours: contender("eventy", () => codec.decode(nextBytes())),
    rivals: [
      {
        contender: contender("JSON.parse of the bytes", () => JSON.parse(utf8.decode(nextForParse()))),
        target: 0.55,
      },
      { contender: contender("JSON.parse of the text", () => JSON.parse(nextText())), target: 0.55 },
      { contender: contender("cloudevents HTTP.toEvent", () => HTTP.toEvent(nextMessage())), target: 4 },
    ],
  };
}

function encode(): Comparison {
  const [nextRecord, nextForBytes, nextForText, nextEvent] = [
    cycle(records),
    cycle(values),
    cycle(values),
    cycle(cloudEvents),
  ];
  return {
    title: "JSON encode, a record to bytes",
    ours: contender("eventy", () => codec.encode(nextRecord())),
    rivals: [
      {
        contender: contender("JSON.stringify to bytes", () => Buffer.from(JSON.stringify(nextForBytes()))),
        target: 0.6,
      },
      { contender: contender("JSON.stringify to text", () => JSON.stringify(nextForText())), target: 0.6 },
      { contender: contender("cloudevents HTTP.structured", () => HTTP.structured(nextEvent())), target: 1 },
    ],
  };
}

/** The same facts in the other package's form; what it has no attribute for are extensions. */
function toCloudEvent(record: EventyRecord, i: number): CloudEvent<unknown> {
  const { context, data } = values[i];
  return new CloudEvent({
    id: record.uuid,
    type: record.qualifiedName,
    source: record.source,
    time: formatInstant(record.date),
    datacontenttype: "application/json",
    schemaversion: record.version,
    protocolversion: record.protocolVersion,
    correlationid: record.correlationId,
    partitionkey: record.partitionKey,
    data: { context, data },
  });
}
