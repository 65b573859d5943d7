import { create } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import type { Case } from "../../src/cases/case.js";
import { Failure, Inconclusive } from "../../src/cases/failure.js";
import {
  EncodedSchema,
  FailedSchema,
  StartedSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { hunt } from "../../src/mutation/hunt.js";
import { inProcessArena } from "../../src/mutation/in-process-arena.js";
import type { Answer, Ask, Mutant } from "../../src/mutation/mutant.js";
import { jsonMatrix, markdownMatrix, weaknesses } from "../../src/mutation/report.js";

const ONE: Answer = { case: "encoded", value: create(EncodedSchema, { bytes: new Uint8Array([1]) }) };
const REFUSED: Answer = { case: "failed", value: create(FailedSchema) };

const original: Ask = ({ command }) =>
  command.case === "start"
    ? { case: "started", value: create(StartedSchema, { capabilities: ["codec.json"] }) }
    : ONE;

function oneCase(id: string, requirements: readonly string[], check: (answer: Answer) => void): Case {
  return {
    id: `codec.json.${id}`,
    title: id,
    requirements,
    profile: "codec.json",
    capabilities: ["codec.json"],
    run: async ({ testee }) => check(await testee.call({ case: "encode", value: {} })),
  };
}

const mustAnswerOne = oneCase("one", ["REC-001", "REC-002"], (answer) => {
  if (answer.case !== "encoded") throw new Failure("REFUSED", "not one", { requirement: "REC-002" });
});
const passes = oneCase("any", ["REC-001"], () => {});

function mutant(requirement: string, mutate: Mutant["mutate"]): Mutant {
  return { requirement, what: "answers otherwise", mutate };
}

function huntWith(mutants: readonly Mutant[], cases: readonly Case[]): ReturnType<typeof hunt> {
  const arena = inProcessArena(original, { seed: 1, runs: 1 });
  return hunt({ mutants, cases, arena, parallel: 1, observe: () => {} });
}

const refuses: Mutant["mutate"] = (command, ask) =>
  command.command.case === "encode" ? REFUSED : ask(command);

describe("the hunt for mutants", () => {
  it("kills by a failure of the mutant's own requirement", async () => {
    const { fates } = await huntWith([mutant("REC-002", refuses)], [passes, mustAnswerOne]);
    expect(fates.map(({ killedBy }) => killedBy)).toEqual([mustAnswerOne]);
    expect(fates[0]?.finding?.anomaly).toBe("REFUSED");
  });

  it("does not count the failure of another requirement", async () => {
    const result = await huntWith([mutant("REC-001", refuses)], [passes, mustAnswerOne]);
    expect(result.fates.map(({ killedBy }) => killedBy)).toEqual([undefined]);
    expect(weaknesses(result)).toEqual([
      "REC-001: the mutant that answers otherwise passes all of its 2 cases",
    ]);
  });

  it("takes what a mutant throws for the end of its process", async () => {
    const crash = mutant("REC-001", (command, ask) => {
      if (command.command.case === "encode") throw new TypeError("undefined is not a record");
      return ask(command);
    });
    const { fates } = await huntWith([crash], [passes]);
    expect(fates[0]?.finding?.anomaly).toBe("CRASHED");
  });

  it("gives a mutant a command of its own", async () => {
    const sent = create(EncodedSchema, { bytes: new Uint8Array([7]) }).bytes;
    const spoils = mutant("REC-001", (command, ask) => {
      if (command.command.case === "decode") command.command.value.bytes[0] = 0;
      return ask(command);
    });
    const decodes: Case = {
      ...passes,
      run: async ({ testee }) => {
        await testee.call({ case: "decode", value: { bytes: sent } });
      },
    };
    await huntWith([spoils], [decodes]);
    expect(sent[0]).toBe(7);
  });

  it("kills with no case that the original does not pass", async () => {
    const wrong = oneCase("wrong", ["REC-002"], () => {
      throw new Failure("WRONG-BYTES", "nobody passes");
    });
    const result = await huntWith([mutant("REC-002", refuses)], [wrong]);
    expect(result.fates[0]?.killedBy).toBeUndefined();
    expect(weaknesses(result)[0]).toBe("the SDK itself does not pass codec.json.wrong: FAIL nobody passes");
  });

  it("says where a case reaches no verdict", async () => {
    const unsure = oneCase("unsure", ["REC-002"], (answer) => {
      if (answer.case === "failed") throw new Inconclusive("who knows");
    });
    const result = await huntWith([mutant("REC-002", refuses)], [unsure]);
    expect(result.fates[0]?.killedBy).toBeUndefined();
    expect(weaknesses(result)).toContain(
      "codec.json.unsure reaches no verdict on REC-002 answers otherwise: who knows",
    );
  });

  it("reports who killed whom", async () => {
    const result = await huntWith([mutant("REC-001", refuses), mutant("REC-002", refuses)], [mustAnswerOne]);
    const markdown = markdownMatrix(result, ["a problem"]);
    expect(markdown).toContain("| REC-002 | answers otherwise | codec.json.one | REFUSED |");
    expect(markdown).toContain("| REC-001 | answers otherwise | **nobody** |");
    expect(markdown).toContain("- a problem");
    expect(JSON.parse(jsonMatrix(result, []))).toMatchObject({
      mutants: [{ killedBy: null }, { killedBy: "codec.json.one", anomaly: "REFUSED" }],
    });
  });
});
