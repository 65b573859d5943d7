import { join } from "node:path";
import { makeHost } from "../src/bindings/make-host.js";
import { BINDING_TITLES, BINDINGS } from "../src/cases/binding.js";
import { cases } from "../src/cases/index.js";
import { abortOnSignals } from "../src/cli/interrupt.js";
import type { Trials } from "../src/mutation/arena.js";
import { type HuntOptions, type HuntResult, hunt } from "../src/mutation/hunt.js";
import type { ProcessMutant } from "../src/mutation/mutant.js";
import { processArena } from "../src/mutation/process-arena.js";
import { PROTOCOL_VERSION } from "../src/runner/protocol-version.js";
import { kafkaLack } from "../src/servers/kafka/problem.js";
import type { Launch } from "../src/testee/testee-process.js";
import type { StoreMutant } from "./kit/store-mutant.js";

/** Cases at the same time: each has processes and a store. */
const PARALLEL = 2;

/** Hunts mutants that are processes, on each binding that they are hunted on. */
export async function huntProcesses(
  mutants: readonly StoreMutant[],
  trials: Trials,
  observe: HuntOptions<StoreMutant>["observe"],
): Promise<readonly HuntResult[]> {
  const results: HuntResult[] = [];
  const { signal, dispose } = abortOnSignals();
  for (const name of BINDINGS) {
    const own = mutants.filter(({ binding }) => binding === name);
    if (own.length === 0 || signal.aborted) continue;
    const lack = name === "kafka" ? kafkaLack() : undefined;
    if (lack !== undefined) {
      console.log(`${own.length} of them are on Kafka, and are left out: ${lack}`);
      continue;
    }
    console.log(`${own.length} of them on ${BINDING_TITLES[name]}: first the SDK itself, then each of them`);
    const host = makeHost(name);
    try {
      const arena = await processArena({ ...trials, host, launchOf, signal });
      results.push(await hunt({ mutants: own, cases, arena, parallel: PARALLEL, observe }));
    } finally {
      await host.close();
    }
  }
  dispose();
  return results;
}

function launchOf(mutant: ProcessMutant | undefined): Launch {
  const file =
    mutant === undefined
      ? [join(import.meta.dirname, "..", "testees", "typescript", "main.js")]
      : [join(import.meta.dirname, "run-mutant.js"), mutant.name];
  return { argv: [process.execPath, ...file], protocolVersion: PROTOCOL_VERSION };
}
