import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { mapOf, nullValue, type ValueMap } from "../../src/oracle/values.js";
import { breaking } from "../kit/breaking.js";
import { cutTail } from "../kit/bytes.js";
import { editMessage, parseMessage } from "../kit/protobuf.js";
import { forgives, misreads, readsOther, refuses } from "../kit/reading.js";
import { asDoubles, asIntegers, dataOf, valuesOf } from "../kit/values.js";
import { rewrites, writesOther } from "../kit/writing.js";

function isTwice(keys: readonly string[]): boolean {
  return new Set(keys).size < keys.length;
}

function firstOfEqual(map: ValueMap | undefined): void {
  if (map && isTwice(map.entries.map(({ key }) => key))) map.entries.reverse();
}

/** Mutants of section 3.8. */
export const protobufMutants: readonly Mutant[] = [
  ...breaking("COD-062", {
    "writes the type last": rewrites("protobuf", (bytes) =>
      Buffer.concat([bytes.subarray(2), bytes.subarray(0, 2)]),
    ),
    "writes the namespace first": rewrites("protobuf", (bytes) => {
      const end = 4 + (bytes[3] ?? 0);
      return Buffer.concat([bytes.subarray(2, end), bytes.subarray(0, 2), bytes.subarray(end)]);
    }),
  }),
  ...breaking("COD-063", {
    "wants the type first": refuses("protobuf", (_, bytes) => bytes[0] !== 8, ErrorCode.UNKNOWN_ENCODING),
  }),
  ...breaking("COD-064", {
    "writes an empty partition key for null": rewrites(
      "protobuf",
      editMessage((record) => {
        record.partitionKey ??= "";
      }),
    ),
    "leaves out what has the default value": rewrites(
      "protobuf",
      editMessage((record) => {
        if (!record.partitionKey) delete record.partitionKey;
        if (!record.errorCode) delete record.errorCode;
        if (!record.errorMessage) delete record.errorMessage;
      }),
    ),
    "leaves out the error code 0": writesOther("protobuf", (record) => {
      if (record.errorCode === 0) delete record.errorCode;
    }),
    "writes the error code 0 for null": rewrites(
      "protobuf",
      editMessage((record) => {
        if (record.type === RecordType.RESPONSE) record.errorCode ??= 0;
      }),
    ),
  }),
  ...breaking("COD-065", {
    "refuses a record without data": refuses(
      "protobuf",
      (_, bytes) => parseMessage(bytes).payload.case === undefined,
    ),
    "reads a record without data as one with a null": misreads("protobuf", (record, bytes) => {
      if (parseMessage(bytes).payload.case === undefined)
        record.payload = { case: "data", value: mapOf([["data", nullValue()]]) };
    }),
  }),
  ...breaking("COD-066", {
    "takes the first of equal keys in data": readsOther(
      "protobuf",
      editMessage((record) => firstOfEqual(dataOf(record))),
    ),
    "takes the first of equal parts of a context": readsOther(
      "protobuf",
      editMessage((record) => {
        if (isTwice(record.context.map(({ namespace }) => namespace))) record.context.reverse();
      }),
    ),
    "merges equal parts of a context": readsOther(
      "protobuf",
      editMessage((record) => {
        if (!isTwice(record.context.map(({ namespace }) => namespace))) return;
        const entries = record.context.flatMap(({ values }) => values?.entries ?? []);
        for (const part of record.context) part.values = { ...mapOf([]), entries };
      }),
    ),
    "refuses equal keys": refuses("protobuf", (_, bytes) =>
      isTwice(dataOf(parseMessage(bytes)).entries.map(({ key }) => key)),
    ),
  }),
  ...breaking("COD-067", {
    "refuses a context entry without values": refuses("protobuf", (_, bytes) =>
      parseMessage(bytes).context.some(({ values }) => values === undefined),
    ),
    "drops a context entry without values": readsOther(
      "protobuf",
      editMessage((record) => {
        record.context = record.context.filter(({ values }) => values !== undefined);
      }),
    ),
  }),
  ...breaking("COD-068", {
    "reads a value without a kind as null": forgives(
      "protobuf",
      editMessage((record) => {
        for (const value of valuesOf(record))
          if (value.kind.case === undefined) value.kind = nullValue().kind;
      }),
    ),
    "reads an entry without a value as null": forgives(
      "protobuf",
      editMessage((record) => {
        for (const entry of dataOf(record).entries) entry.value ??= nullValue();
      }),
    ),
    "drops entries without a value": forgives(
      "protobuf",
      editMessage((record) => {
        const map = dataOf(record);
        map.entries = map.entries.filter(({ value }) => value !== undefined);
      }),
    ),
  }),
  ...breaking("COD-069", {
    "writes wide integers as doubles": rewrites(
      "protobuf",
      editMessage((record) => asDoubles(valuesOf(record), "wide")),
    ),
    "writes whole doubles as integers": rewrites(
      "protobuf",
      editMessage((record) => asIntegers(valuesOf(record))),
    ),
  }),
  ...breaking("COD-070", {
    "reads fields up to the first that is wrong": forgives("protobuf", ...cutTail(16)),
    "skips a field number of 0": forgives("protobuf", (bytes) =>
      bytes.subarray(0, bytes.lastIndexOf(Buffer.from([2, 0]))),
    ),
    "ends a group at the end of the message": forgives("protobuf", (bytes) =>
      Buffer.concat([bytes, Buffer.from([0xa4, 0x06])]),
    ),
    "reads strings up to the end of the message": forgives("protobuf", (bytes) =>
      bytes.subarray(0, bytes.lastIndexOf(Buffer.from([0xa2, 0x06]))),
    ),
  }),
  ...breaking("COD-071", {
    "reads a message of an unknown type as empty data": forgives(
      "protobuf",
      editMessage((record) => {
        record.payload = { case: undefined };
      }),
    ),
  }),
];
