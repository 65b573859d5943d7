import { toJsonString } from "@bufbuild/protobuf";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import { askDecode, askEncode, unwrap } from "../ask.js";
import type { Case } from "../case.js";
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
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.property.read`,
    title: "reads random records",
    requirements: REQUIREMENTS,
    profile,
    capabilities,
    run: (context) =>
      checkProperty(
        context,
        recordIn(encoding),
        async (record) => {
          const schema = schemaIn(encoding, record);
          const question = { encoding, bytes: oracleEncode(encoding, record, schema), schema };
          mustEqual(record, unwrap(await askDecode(context.testee, question), "bytes that are a record"));
        },
        (record) => [`decode ${encoding}`, ...shown(encoding, record)],
      ),
  };
}

function writeCase(encoding: Written): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.property.write`,
    title: "writes random records, and reads what it wrote",
    requirements: REQUIREMENTS,
    profile,
    capabilities,
    run: (context) =>
      checkProperty(
        context,
        recordIn(encoding),
        async (record) => {
          const schema = schemaIn(encoding, record);
          const bytes = unwrap(await askEncode(context.testee, { encoding, record, schema }), "a record");
          mustEqual(record, readWritten(encoding, bytes, schema));
          mustEqual(
            record,
            unwrap(await askDecode(context.testee, { encoding, bytes, schema }), "its own bytes"),
          );
        },
        (record) => [`encode ${encoding}`, ...shown(encoding, record)],
      ),
  };
}

/** From JSON to another encoding and back. */
function transcodeCase(encoding: "avro" | "protobuf"): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.property.transcode`,
    title: "a record is the same in JSON and in this encoding",
    requirements: REQUIREMENTS,
    profile,
    capabilities: ["codec.json", ...capabilities],
    run: (context) =>
      checkProperty(
        context,
        portableRecord,
        async (record) => {
          const { testee } = context;
          const schema = schemaIn(encoding, record);
          const json = oracleEncode("json", record);
          const fromJson = unwrap(await askDecode(testee, { encoding: "json", bytes: json }), "JSON");
          const bytes = unwrap(
            await askEncode(testee, { encoding, record: fromJson, schema }),
            "a record from JSON",
          );
          const back = unwrap(await askDecode(testee, { encoding, bytes, schema }), "its own bytes");
          const again = unwrap(
            await askEncode(testee, { encoding: "json", record: back }),
            "a record for JSON",
          );
          mustEqual(record, readWritten("json", again));
        },
        (record) => [`json to ${encoding} to json`, ...shown(encoding, record)],
      ),
  };
}

function shown(encoding: Written, record: NeutralRecord): string[] {
  const schema = schemaIn(encoding, record);
  return [toJsonString(RecordSchema, record), ...(schema ? [JSON.stringify(schema)] : [])];
}
