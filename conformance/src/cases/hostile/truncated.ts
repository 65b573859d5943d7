import { decodeProtobuf } from "../../oracle/index.js";
import { askDecode, unwrap } from "../ask.js";
import type { Case, CaseContext } from "../case.js";
import { ENCODINGS, oracleEncode, PLACES, type Written } from "../codecs.js";
import { Failure } from "../failure.js";
import { mustEqual } from "../judge.js";
import { plainRecord, schemaIn } from "../plain-record.js";

/** How many commands are on their way at once. */
const BATCH = 50;

/** Cases that cut a record short at every byte. */
export const truncatedCases: readonly Case[] = ENCODINGS.map(truncatedCase);

function truncatedCase(encoding: Written): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.hostile.truncated`,
    title: "refuses a record that is cut short, at every byte",
    requirements: ["COD-002", "COD-005"],
    profile,
    capabilities,
    run: (context) => cutEverywhere(encoding, context),
  };
}

async function cutEverywhere(encoding: Written, { testee, progress }: CaseContext): Promise<void> {
  const record = plainRecord({ text: "é\u{1f680}", list: [1, 2.5, null], wide: 2n ** 62n });
  const schema = schemaIn(encoding, record);
  const bytes = oracleEncode(encoding, record, schema);
  mustEqual(record, unwrap(await askDecode(testee, { encoding, bytes, schema }), "the whole record"));
  for (let start = 0; start < bytes.length; start += BATCH) {
    const lengths = Array.from({ length: Math.min(BATCH, bytes.length - start) }, (_, i) => start + i);
    await Promise.all(
      lengths.map(async (length) => {
        const prefix = bytes.subarray(0, length);
        const answer = await askDecode(testee, { encoding, bytes: prefix, schema });
        if ("failed" in answer || (encoding === "protobuf" && isMessage(prefix))) return;
        throw new Failure("ACCEPTED", `accepted the first ${length} of ${bytes.length} bytes`, {
          expected: "MALFORMED",
        });
      }),
    );
    progress(Math.min(start + BATCH, bytes.length), bytes.length);
  }
}

/** Protobuf has no end of a message: what is cut between two fields is a message, too. */
function isMessage(bytes: Uint8Array): boolean {
  try {
    decodeProtobuf(bytes);
    return true;
  } catch {
    return false;
  }
}
