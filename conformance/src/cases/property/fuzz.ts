import fc from "fast-check";
import { ErrorCode } from "../../gen/proto/eventy/v3/protocol_pb.js";
import { askDecode, type ToDecode } from "../ask.js";
import type { Case, CaseContext } from "../case.js";
import { ENCODINGS, PLACES, type Written } from "../codecs.js";
import { Failure } from "../failure.js";
import { decodeLines, questionOf } from "../golden/decode-cases.js";
import type { DecodeLine } from "../golden/line.js";
import { withBoundedMemory } from "../memory.js";
import { mustReadPlain } from "../plain-record.js";
import { checkProperty } from "./check-property.js";

/** How many mutants one run tries, all on their way at once. */
const BATCH = 5;
const HOSTILE = [0x00, 0x01, 0x7f, 0x80, 0xff, 0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x65, 0x2d];

/** One change of some bytes: at a place, remove so many, insert these. */
interface Mutation {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

/** What is tried: bytes of a golden line (undefined: none), changed. */
interface Mutant {
  readonly line: number;
  readonly mutations: readonly Mutation[];
}

/** Cases of random and mutated bytes. */
export const fuzzCases: readonly Case[] = ENCODINGS.map(fuzzCase);

function fuzzCase(encoding: Written): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.property.fuzz`,
    title: "answers any bytes with a record or a documented error, in bounded time and memory",
    requirements: ["COD-005", "COD-006", "REC-062"],
    profile,
    capabilities,
    run: (context) => withBoundedMemory(context.testee, () => fuzz(encoding, context)),
  };
}

async function fuzz(encoding: Written, context: CaseContext): Promise<void> {
  const lines = decodeLines(encoding).filter(({ encoding: told }) => told === encoding);
  const seeds = lines.map(questionOf);
  await mustReadPlain(context.testee, encoding);
  await checkProperty(
    context,
    fc.array(mutant(seeds.length), { minLength: 1, maxLength: BATCH }),
    async (mutants) => {
      await Promise.all(mutants.map((one) => tryBytes(context, mutate(seeds, one, encoding))));
    },
    (mutants) =>
      mutants.map(
        (one) => `decode ${encoding} ${Buffer.from(mutate(seeds, one, encoding).bytes).toString("base64")}`,
      ),
    endless(lines),
  );
  await mustReadPlain(context.testee, encoding);
}

/** Lines that keep a reader busy for ever which believes what it is told; mutants meet them by chance only. */
function endless(lines: readonly DecodeLine[]): Mutant[][] {
  const line = lines.findIndex(({ id }) => id === "count-null-count");
  return line < 0 ? [] : [[{ line, mutations: [] }]];
}

async function tryBytes({ testee }: CaseContext, question: ToDecode): Promise<void> {
  const answer = await askDecode(testee, question);
  if ("failed" in answer) {
    if (!testee.capabilities.has("error-codes") || answer.failed.code !== ErrorCode.UNSPECIFIED) return;
    throw new Failure("WRONG-ERROR", "an error without a code", {
      requirement: "REC-062",
      actual: answer.failed.message,
    });
  }
}

function mutant(lines: number): fc.Arbitrary<Mutant> {
  const byte = fc.oneof(fc.nat(255), fc.constantFrom(...HOSTILE));
  const mutation = fc.record({
    at: fc.nat(100_000),
    remove: fc.oneof(fc.nat(2), fc.nat(5000)),
    insert: fc
      .oneof(fc.array(byte, { maxLength: 3 }), fc.array(byte, { maxLength: 12 }))
      .map((bytes) => Uint8Array.from(bytes)),
  });
  // The last number stands for no line: what is inserted is all there is.
  return fc.record({ line: fc.nat(lines), mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }) });
}

function mutate(seeds: readonly ToDecode[], { line, mutations }: Mutant, encoding: Written): ToDecode {
  const seed = seeds[line] ?? { encoding, bytes: new Uint8Array() };
  let bytes = Buffer.from(seed.bytes);
  for (const { at, remove, insert } of mutations) {
    const start = at % (bytes.length + 1);
    bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + remove)]);
  }
  return { ...seed, bytes };
}
