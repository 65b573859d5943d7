import { Encoding } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { ErrorCode } from "../../src/gen/proto/eventy/v3/protocol_pb.js";
import type { Mutant } from "../../src/mutation/mutant.js";
import { mapValue, nullValue } from "../../src/oracle/values.js";
import { editItem } from "../kit/avro.js";
import { Reader, syncOf } from "../kit/avro-file.js";
import { breaking } from "../kit/breaking.js";
import { append, cutTail, mendUtf8 } from "../kit/bytes.js";
import { forgives, misreads, onDecode, type Repair, refuses } from "../kit/reading.js";
import { attempt } from "../kit/replies.js";
import { dataOf, valuesOf } from "../kit/values.js";
import { writesOther } from "../kit/writing.js";

const GIGABYTES_8 = 2n ** 33n;

/** Mutants of section 3.1. */
export const codecMutants: readonly Mutant[] = [
  ...breaking("COD-001", {
    "reads empty lists as null": misreads("every", (record) => {
      for (const value of valuesOf(record))
        if (value.kind.case === "list" && value.kind.value.values.length === 0) value.kind = nullValue().kind;
    }),
    "loses a null in data": misreads("every", (record) => {
      const map = dataOf(record);
      map.entries = map.entries.filter(({ value }) => value?.kind.case !== "null");
    }),
    "writes no empty part of a context": writesOther("every", (record) => {
      record.context = record.context.filter(({ values }) => values?.entries.length);
    }),
    "reads the error code 0 as null": misreads("every", (record) => {
      if (record.errorCode === 0) delete record.errorCode;
    }),
    "writes dates before 1970 as of 1970": writesOther("every", (record) => {
      if (record.date < 0n) record.date = 0n;
    }),
    "writes empty data of responses as a map in a map": writesOther("json", (record) => {
      const map = dataOf(record);
      if (map.entries.length === 0)
        Object.assign(map, {
          entries: [{ $typeName: "eventy.v3.Entry", key: "data", value: mapValue({ ...map }) }],
        });
    }),
  }),
  ...breaking("COD-002", {
    "closes the braces that JSON leaves open": forgives(
      "json",
      ...append("}", "}}", "}}}", '"}}', "1}}", "null}"),
    ),
    "needs no sync marker at the end": forgives(
      "avro",
      ...Array.from(
        { length: 16 },
        (_, i): Repair =>
          (bytes) =>
            Buffer.concat([bytes, syncOf(bytes).subarray(i)]),
      ),
    ),
    "fills up the datum of a single object with zeros": forgives(
      "avro-single-object",
      ...append(new Uint8Array(1), new Uint8Array(2), new Uint8Array(200)),
    ),
    "drops the last field of Protobuf where it is cut short": forgives("protobuf", ...cutTail(6)),
  }),
  ...breaking("COD-003", {
    "ignores what follows the closing brace": forgives(
      "json",
      (bytes) => {
        const text = bytes.toString();
        return Buffer.from(text.slice(0, text.trimEnd().lastIndexOf("}")).trimEnd());
      },
      ...cutTail(4),
      (bytes) => bytes.subarray(0, bytes.length / 2),
    ),
    "ignores zero bytes behind JSON": forgives("json", (bytes) =>
      Buffer.from(bytes.toString().replace(/\0+$/, "")),
    ),
    "ignores what follows the last block": forgives("avro", ...cutTail(3)),
    "ignores what follows the datum in a block": forgives(
      "avro",
      editItem((item) => item.subarray(0, -1)),
    ),
    "ignores what follows the datum of a single object": forgives("avro-single-object", ...cutTail(3)),
  }),
  ...breaking("COD-004", {
    "reads U+FFFD for what is not UTF-8 in JSON": forgives("json", (bytes) => Buffer.from(bytes.toString())),
    "reads surrogates in UTF-8": forgives("json", (bytes) =>
      Buffer.from(bytes.toString("latin1").replace(/\xed[\xa0-\xbf][\x80-\xbf]/g, "?"), "latin1"),
    ),
    "reads overlong forms": forgives("json", (bytes) =>
      Buffer.from(bytes.toString("latin1").replace(/[\xc0\xc1][\x80-\xbf]/g, "?"), "latin1"),
    ),
    "reads question marks for what is not UTF-8 in Avro": forgives("avro", mendUtf8),
    "reads question marks for what is not UTF-8 in Protobuf": forgives("protobuf", mendUtf8),
  }),
  ...breaking("COD-005", {
    "ends at JSON that does not end with a brace": crashesOn("json", (bytes) => bytes.at(-1) !== 0x7d),
    "ends at container files that are shorter than their magic": crashesOn(
      "avro",
      (bytes) => bytes.length < 4,
    ),
    "ends at Protobuf of less than four bytes": crashesOn("protobuf", (bytes) => bytes.length < 4),
  }),
  ...breaking("COD-006", {
    "allocates what a length of Avro announces": onDecode("avro", ({ bytes }, ask) => {
      const answer = ask();
      if (answer.case === "failed")
        for (const length of lengthsIn(Buffer.from(bytes))) new Uint8Array(Number(length));
      return answer;
    }),
  }),
  ...breaking("COD-008", {
    "recognises only JSON that begins with a brace": refuses(
      "any",
      (_, bytes) => /^\s/.test(bytes.toString()),
      ErrorCode.UNKNOWN_ENCODING,
    ),
    "does not recognise container files": refuses(
      "any",
      (_, bytes) => bytes[0] === 0x4f,
      ErrorCode.UNKNOWN_ENCODING,
    ),
    "does not recognise single objects": refuses(
      "any",
      (_, bytes) => bytes[0] === 0xc3,
      ErrorCode.UNKNOWN_ENCODING,
    ),
    "does not recognise Protobuf": refuses("any", (_, bytes) => bytes[0] === 8, ErrorCode.UNKNOWN_ENCODING),
  }),
  ...breaking("COD-009", {
    "takes what it does not recognise for Protobuf": onDecode("any", (_, ask) => {
      const answer = ask();
      return isUnknown(answer) ? ask({ encoding: Encoding.PROTOBUF }) : answer;
    }),
    "takes what it does not recognise for JSON": onDecode("any", (_, ask) => {
      const answer = ask();
      return isUnknown(answer) ? ask({ encoding: Encoding.JSON }) : answer;
    }),
  }),
];

function isUnknown(answer: ReturnType<Mutant["mutate"]>): boolean {
  return answer.case === "failed" && answer.value.code === ErrorCode.UNKNOWN_ENCODING;
}

/** Ends the process at some of the bytes that it must refuse. */
function crashesOn(
  where: "json" | "avro" | "protobuf",
  when: (bytes: Uint8Array) => boolean,
): Mutant["mutate"] {
  return onDecode(where, ({ bytes }, ask) => {
    const answer = ask();
    if (answer.case === "failed" && when(bytes)) throw new TypeError("undefined is not a record");
    return answer;
  });
}

/** The lengths beyond every memory that may stand in bytes. */
function lengthsIn(bytes: Buffer): readonly bigint[] {
  return Array.from(bytes, (_, at) => attempt(() => new Reader(bytes.subarray(at)).long()) ?? 0n).filter(
    (length) => length > GIGABYTES_8,
  );
}
