import type { EmitLine } from "../../../src/cases/golden/line.js";
import { composition } from "./composition.js";
import { inheritance } from "./inheritance.js";
import { limits } from "./limits.js";
import { ownPart } from "./own-part.js";
import { roots } from "./roots.js";
import { violations } from "./violations.js";

const [CORRELATION_ID, KEY, CONTEXT] = ["correlation_id", "partition_key", "context"];
const FLOW = 'context["urn:eventy:flow"]';

/** What lines leave to others, by their ids: a defect is to be shown by the lines that are about it. */
const EXCEPT: readonly (readonly [ids: RegExp, except: readonly string[]])[] = [
  [/^(event|request|response|protocol-version)/, [CORRELATION_ID, KEY, CONTEXT]],
  [/^correlation-id/, [KEY, CONTEXT]],
  [/^partition-key/, [CORRELATION_ID, CONTEXT]],
  [/^(parts|reserved|several|own-|limit-(?!hops))/, [CORRELATION_ID, KEY, FLOW]],
  [/^(flow|limit-hops)/, [CORRELATION_ID, KEY]],
];

/** Context cases. */
export function emitLines(): EmitLine[] {
  const lines = [...composition(), ...inheritance(), ...ownPart(), ...roots(), ...violations(), ...limits()];
  return lines.map((line) => {
    const [, except] = EXCEPT.find(([ids]) => ids.test(line.id)) ?? [];
    return line.input && line.records?.length && except ? { ...line, except } : line;
  });
}
