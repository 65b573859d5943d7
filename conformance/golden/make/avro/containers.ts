import { deflateRawSync } from "node:zlib";
import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { block, snappy } from "./bytes.js";
import { accept, DEFLATE, PLAIN, PLAIN_ITEM, plainFile } from "./files.js";

/** Container files that must be read. */
export function containers(): DecodeLine[] {
  return [
    accept(
      "codec-absent",
      "reads a file that names no codec",
      ["COD-035"],
      plainFile({ meta: { "avro.codec": undefined } }),
      PLAIN,
    ),
    accept(
      "deflate",
      "reads deflate",
      ["COD-035"],
      plainFile({ meta: DEFLATE, blocks: [block(deflateRawSync(PLAIN_ITEM))] }),
      PLAIN,
    ),
    accept(
      "deflate-stored",
      "reads deflate that is only stored",
      ["COD-035"],
      plainFile({ meta: DEFLATE, blocks: [block(deflateRawSync(PLAIN_ITEM, { level: 0 }))] }),
      PLAIN,
    ),
    accept(
      "deflate-trailing",
      "ignores bytes after the end of deflate",
      ["COD-074"],
      plainFile({
        meta: DEFLATE,
        blocks: [block(Buffer.concat([deflateRawSync(PLAIN_ITEM), Buffer.from([1, 2, 3])]))],
      }),
      PLAIN,
    ),
    accept(
      "snappy",
      "reads snappy",
      ["COD-035"],
      plainFile({ meta: { "avro.codec": "snappy" }, blocks: [block(snappy(PLAIN_ITEM))] }),
      PLAIN,
    ),
    accept(
      "several-blocks",
      "reads past blocks without a datum",
      ["COD-039"],
      plainFile({ blocks: [block(Buffer.alloc(0), 0), block(PLAIN_ITEM), block(Buffer.alloc(0), 0)] }),
      PLAIN,
    ),
    accept(
      "metadata",
      "accepts metadata that it does not know",
      ["COD-039"],
      plainFile({ meta: { "": "", "user.note": "\u0000", __proto: "x" } }),
      PLAIN,
    ),
    {
      ...accept(
        "recognised",
        "recognises a container file by its first bytes",
        ["COD-008"],
        plainFile({}),
        PLAIN,
      ),
      encoding: "any",
    },
  ];
}
