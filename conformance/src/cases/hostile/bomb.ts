import { constants, deflateRawSync } from "node:zlib";
import { readContainer, writeContainer } from "../../oracle/avro/container.js";
import { askDecode } from "../ask.js";
import type { Case } from "../case.js";
import { oracleEncode } from "../codecs.js";
import { mustRefuse } from "../judge.js";
import { withBoundedMemory } from "../memory.js";
import { mustReadPlain, plainRecord, schemaIn } from "../plain-record.js";

const MEGABYTE = 2 ** 20;

/** A block that is small as written and 1 GB once decompressed. */
export const bombCase: Case = {
  id: "codec.avro.hostile.bomb",
  title: "refuses a block that is beyond the limit once decompressed",
  requirements: ["COD-036", "COD-006"],
  profile: "codec.avro",
  capabilities: ["codec.avro"],
  async run({ testee }) {
    await mustReadPlain(testee, "avro");
    await withBoundedMemory(testee, async () => {
      const answer = await askDecode(testee, { encoding: "avro", bytes: bomb() });
      mustRefuse(answer, "a block of 1 GB", "LIMIT_EXCEEDED");
    });
  },
};

function bomb(): Uint8Array {
  const record = plainRecord();
  const { schema } = readContainer(oracleEncode("avro", record, schemaIn("avro", record)));
  const whole = deflateRawSync(Buffer.alloc(MEGABYTE), { finishFlush: constants.Z_SYNC_FLUSH });
  const items = Buffer.concat(Array.from({ length: 1024 }, () => whole));
  return writeContainer(schema, [{ count: 1, items }], { codec: "deflate", compressed: true });
}
