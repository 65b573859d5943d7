import { create, fromJson } from "@bufbuild/protobuf";
import { DraftSchema } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { mapOf } from "../../oracle/values.js";
import { askEmit, type ToEmit } from "../ask.js";
import type { Case } from "../case.js";
import { emitAndJudge } from "../context/judge-emission.js";
import { mustRefuse, mustRefuseAs } from "../judge.js";
import type { Testee } from "../testee.js";
import { recordOfLine } from "./decode-cases.js";
import type { EmitLine } from "./line.js";
import { loadGolden } from "./load.js";

const CONTROL: ToEmit = {
  service: "urn:orders",
  drafts: [create(DraftSchema, { type: RecordType.EVENT, name: "Control", data: mapOf([]) })],
};

/** The golden lines of emission. */
export function emitLines(): readonly EmitLine[] {
  return loadGolden<EmitLine>("context/emit.jsonl");
}

/** What the testee is asked for a line. */
export function emissionOf({ service, input, drafts }: EmitLine): ToEmit {
  return {
    service,
    input: input === undefined ? undefined : recordOfLine(input),
    drafts: drafts.map((draft) => fromJson(DraftSchema, draft, { recursionLimit: 1000 })),
  };
}

/** A case for each golden line of emission. */
export function emitCases(): Case[] {
  const lines = emitLines();
  return [...lines.map(emitCase), errorCodes(lines.filter(({ refuse }) => refuse))];
}

function emitCase(line: EmitLine): Case {
  return {
    id: `context.emit.${line.id}`,
    title: line.title,
    requirements: line.requirements,
    profile: "context",
    capabilities: ["context"],
    ...(line.id === "root" ? { smoke: true } : {}),
    run: ({ testee }) => judge(testee, line),
  };
}

async function judge(testee: Testee, line: EmitLine): Promise<void> {
  // Who emits nothing, or refuses everything, keeps no rule in particular.
  await emitAndJudge(testee, CONTROL);
  if (line.refuse)
    mustRefuse(await askEmit(testee, emissionOf(line)), "what must not be emitted", line.refuse.code);
  else await emitAndJudge(testee, emissionOf(line), line.except);
}

function errorCodes(lines: readonly EmitLine[]): Case {
  return {
    id: "context.emit.error-codes",
    title: "every refusal to emit has the code that the specification says",
    requirements: ["REC-062"],
    profile: "context",
    capabilities: ["context", "error-codes"],
    async run({ testee }) {
      for (const line of lines) {
        mustRefuseAs(await askEmit(testee, emissionOf(line)), `the line ${line.id}`, line.refuse?.code ?? "");
      }
    },
  };
}
