import type { NeutralRecord } from "../../oracle/index.js";
import type { PlainMap } from "../../oracle/values.js";
import { askDecode, askEncode, unwrap } from "../ask.js";
import type { Case } from "../case.js";
import { ENCODINGS, oracleEncode, PLACES, type Written } from "../codecs.js";
import { mustEqual, readWritten } from "../judge.js";
import { plainRecord, schemaIn } from "../plain-record.js";

const SIZE = 10_000_000;

/** Cases of records whose encoded form has 10,000,000 bytes. */
export const largeCases: readonly Case[] = ENCODINGS.map(largeCase);

function largeCase(encoding: Written): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.hostile.large`,
    title: "reads and writes a record of 10 MB",
    requirements: ["REC-060"],
    profile,
    capabilities,
    async run({ testee, progress }) {
      const { record, bytes } = largeRecord(encoding);
      const schema = schemaIn(encoding, record);
      mustEqual(record, unwrap(await askDecode(testee, { encoding, bytes, schema }), "10 MB"));
      progress(1, 2);
      const written = unwrap(await askEncode(testee, { encoding, record, schema }), "10 MB");
      mustEqual(record, readWritten(encoding, written, schema));
    },
  };
}

/** A record of many short values and one long text, which fills it up to the size. */
function largeRecord(encoding: Written): { record: NeutralRecord; bytes: Uint8Array } {
  const small = Array.from({ length: 20_000 }, (_, i) => `value ${i}`);
  const make = (length: number): { record: NeutralRecord; bytes: Uint8Array } => {
    const data: PlainMap = { small, text: "x".repeat(length) };
    const record = plainRecord(data);
    const schema = schemaIn(encoding, record);
    return { record, bytes: oracleEncode(encoding, record, schema) };
  };
  // A text so long that its length takes as many bytes to say as that of the final one.
  const first = SIZE / 4;
  return make(first + SIZE - make(first).bytes.length);
}
