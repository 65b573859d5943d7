import { toJsonString } from "@bufbuild/protobuf";
import type fc from "fast-check";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import type { EventySchema, NeutralRecord } from "../../oracle/index.js";
import { askDecode, askEncode, unwrap } from "../ask.js";
import type { Case, CaseContext } from "../case.js";
import { ENCODINGS, oracleEncode, PLACES, type Written } from "../codecs.js";
import { mustEqual, readWritten } from "../judge.js";
import { schemaIn } from "../plain-record.js";
import { portableRecord, recordIn } from "./arbitraries.js";
import { checkProperty } from "./check-property.js";

const REQUIREMENTS = ["COD-001", "REC-042", "REC-043", "REC-046", "REC-052", "REC-053"];

/** Cases of random records: what is written is read, by the other and by oneself, in and across encodings. */
export const roundTripCases: readonly Case[] = [
  ...ENCODINGS.flatMap((encoding) => [readCase(encoding), writeCase(encoding)]),
  transcodeCase("avro"),
  transcodeCase("protobuf"),
];

function readCase(encoding: Written): Case {
  return roundTrip(encoding, {
    name: "read",
    title: "reads random records",
    shown: `decode ${encoding}`,
    async attempt({ testee }, record, schema) {
      const question = { encoding, bytes: oracleEncode(encoding, record, schema), schema };
      mustEqual(record, unwrap(await askDecode(testee, question), "bytes that are a record"));
    },
  });
}

function writeCase(encoding: Written): Case {
  return roundTrip(encoding, {
    name: "write",
    title: "writes random records, and reads what it wrote",
    shown: `encode ${encoding}`,
    async attempt({ testee }, record, schema) {
      const bytes = unwrap(await askEncode(testee, { encoding, record, schema }), "a record");
      mustEqual(record, readWritten(encoding, bytes, schema));
      mustEqual(record, unwrap(await askDecode(testee, { encoding, bytes, schema }), "its own bytes"));
    },
  });
}

/** From JSON to another encoding and back. */
function transcodeCase(encoding: "avro" | "protobuf"): Case {
  return roundTrip(encoding, {
    name: "transcode",
    title: "a record is the same in JSON and in this encoding",
    shown: `json to ${encoding} to json`,
    others: ["codec.json"],
    records: portableRecord,
    async attempt({ testee }, record, schema) {
      const json = oracleEncode("json", record);
      const fromJson = unwrap(await askDecode(testee, { encoding: "json", bytes: json }), "JSON");
      const bytes = unwrap(
        await askEncode(testee, { encoding, record: fromJson, schema }),
        "a record from JSON",
      );
      const back = unwrap(await askDecode(testee, { encoding, bytes, schema }), "its own bytes");
      const again = unwrap(await askEncode(testee, { encoding: "json", record: back }), "a record for JSON");
      mustEqual(record, readWritten("json", again));
    },
  });
}

interface RoundTrip {
  /** What the id ends with. */
  readonly name: string;
  readonly title: string;
  /** What is said before the record that it fails with. */
  readonly shown: string;
  /** Capabilities besides those of the encoding. */
  readonly others?: readonly string[];
  /** Default: whatever the encoding can carry. */
  readonly records?: fc.Arbitrary<NeutralRecord>;
  attempt(context: CaseContext, record: NeutralRecord, schema: EventySchema | undefined): Promise<void>;
}

function roundTrip(
  encoding: Written,
  { name, title, shown, others = [], records = recordIn(encoding), attempt }: RoundTrip,
): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.property.${name}`,
    title,
    requirements: REQUIREMENTS,
    profile,
    capabilities: [...others, ...capabilities],
    run: (context) =>
      checkProperty(
        context,
        records,
        (record) => attempt(context, record, schemaIn(encoding, record)),
        (record) => {
          const schema = schemaIn(encoding, record);
          return [shown, toJsonString(RecordSchema, record), ...(schema ? [JSON.stringify(schema)] : [])];
        },
      ),
  };
}
