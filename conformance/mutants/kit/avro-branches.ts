import type { AvroNode } from "../../src/oracle/avro/compile.js";
import { compileAvro } from "../../src/oracle/avro/compile.js";
import { type Raw, transform } from "./avro.js";
import { parseFile } from "./avro-file.js";
import { attempt } from "./replies.js";

/** Whether the datum of a file has, at some place, what is looked for. */
export function has(bytes: Buffer, isLookedFor: (node: AvroNode, raw: unknown) => boolean): boolean {
  const { meta, blocks } = parseFile(bytes);
  const { node, type } = compileAvro(JSON.parse(String(meta.get("avro.schema"))));
  let found = false;
  for (const { data } of blocks)
    transform(node, type.fromBuffer(data), (inner, raw) => {
      found ||= isLookedFor(inner, raw);
      return raw;
    });
  return found;
}

/** Whether the datum of a file has a union of which this branch was taken. */
export function hasBranch(bytes: Buffer, kind: AvroNode["kind"]): boolean {
  return (
    attempt(() =>
      has(bytes, (node, raw) => {
        const [name = ""] = Object.keys((raw as Raw | null) ?? {});
        return node.kind === "union" && node.branches[node.names.indexOf(name)]?.kind === kind;
      }),
    ) ?? false
  );
}
