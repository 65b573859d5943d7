import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { encodeProtobuf } from "../../../src/oracle/index.js";
import { doubleValue } from "../../../src/oracle/values.js";
import { type Fields, recordOf } from "../base.js";
import {
  accept,
  altered,
  BARE,
  BYTES,
  CONTEXT,
  entry,
  field,
  integer,
  join,
  PARTITION_KEY,
  PLAIN,
  refuse,
  withData,
} from "./messages.js";

/** Messages that must be read. */
export function valid(): DecodeLine[] {
  const known: Fields = { data: { order: 42 } };
  return [
    {
      ...accept("recognised", "recognises Protobuf by its first byte", ["COD-008"], BYTES, PLAIN),
      encoding: "any",
    },
    {
      ...refuse(
        "unrecognised",
        "does not recognise Protobuf that does not begin with the type",
        ["COD-009"],
        reversed(),
        "UNKNOWN_ENCODING",
      ),
      encoding: "any",
    },
    accept("field-order", "takes the fields in any order", ["COD-063"], reversed(), {
      type: "RESPONSE",
      ...known,
    }),
    accept(
      "unknown-fields",
      "ignores fields that it does not know",
      ["REC-006"],
      join(BYTES, unknownFields()),
      PLAIN,
    ),
    accept("no-payload", "takes no payload as empty data", ["COD-065"], BARE, {}),
    accept(
      "empty-partition-key",
      "an empty partition key that is written is not null",
      ["REC-032"],
      join(encodeProtobuf(recordOf({ partitionKey: null })), field(PARTITION_KEY, "")),
      { partitionKey: "" },
    ),
    accept(
      "duplicate-keys",
      "takes the last of equal keys",
      ["COD-066"],
      withData(entry("a", integer(1)), entry("b", integer(2)), entry("a", integer(3))),
      { data: { a: 3, b: 2 } },
    ),
    accept(
      "duplicate-context",
      "takes the last of equal context entries, unmerged",
      ["COD-066"],
      join(
        BARE,
        field(CONTEXT, join(field(1, "urn:a"), field(2, field(1, entry("x", integer(1)))))),
        field(CONTEXT, join(field(1, "urn:a"), field(2, field(1, entry("y", integer(2)))))),
      ),
      { context: { "urn:a": { y: 2 } } },
    ),
    accept(
      "context-without-values",
      "takes a context entry without values as an empty part",
      ["COD-067"],
      join(BARE, field(CONTEXT, field(1, "urn:a"))),
      { context: { "urn:a": {} } },
    ),
    accept(
      "key-absent",
      "takes an entry without a key as one with the empty key",
      ["REC-053"],
      withData(field(2, integer(1))),
      { data: { "": 1 } },
    ),
    accept(
      "integer-below-2-53",
      "an integer and a double below 2^53 are one value",
      ["REC-045"],
      encodeProtobuf(recordOf({ data: { v: doubleValue(7) } })),
      { data: { v: 7 } },
    ),
    accept(
      "defaults",
      "takes what is not set as its default",
      ["REC-014", "REC-029", "COD-065"],
      altered(
        { name: "", correlationId: "", date: 0n, payload: { case: undefined }, ok: false },
        { type: "RESPONSE", partitionKey: null },
      ),
      { type: "RESPONSE", name: "", correlationId: "", date: 0n, ok: false, partitionKey: null },
    ),
    accept(
      "uuid-spelling",
      "reads other spellings of a uuid",
      ["REC-022", "REC-023"],
      altered({ uuid: "urn:uuid:{6BA7B8109DAD41D180B400C04FD430C8}" }, known),
      PLAIN,
    ),
  ];
}

function reversed(): Uint8Array {
  const response = recordOf({ type: "RESPONSE", data: { order: 42 } });
  const tail = altered({ type: RecordType.UNSPECIFIED, payload: response.payload }, { type: "RESPONSE" });
  return join(tail, new BinaryWriter().tag(1, WireType.Varint).int32(3).finish());
}

function unknownFields(): Uint8Array {
  const writer = new BinaryWriter();
  writer.tag(1000, WireType.Varint).uint64("18446744073709551615");
  writer.tag(1001, WireType.Bit64).fixed64(7n);
  writer.tag(1002, WireType.Bit32).fixed32(7);
  writer.tag(1003, WireType.LengthDelimited).string("unknown");
  writer.tag(1004, WireType.StartGroup).tag(1, WireType.Varint).int32(1).tag(1004, WireType.EndGroup);
  return writer.finish();
}
