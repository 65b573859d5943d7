import { Argument, Command, InvalidArgumentError } from "commander";
import { compare, type Outcome } from "./comparison.js";
import type { Suite } from "./suite.js";
import { openSuite, type SuiteName, suiteNames } from "./suites.js";
import { table } from "./table.js";

interface Options {
  readonly rounds: number;
  readonly turn: number;
  readonly json: boolean;
}

/** `eventy bench`: how fast things are, next to others that do the same. */
export function benchCommand(): Command {
  return new Command("bench")
    .summary("measure speed, side by side with what others need for the same work")
    .description(
      "Measures speed, side by side with what others need for the same work on the same bytes.\n\n" +
        "Contenders take turns (A B A B), processor time is measured, and the median turn counts. " +
        "A ratio is a speed: 2 × is twice as fast. A missed target is shown and fails nothing, " +
        "since a busy machine would make it a matter of luck.",
    )
    .addArgument(
      new Argument("[suites...]", "what to measure; codec stands for all")
        .choices(["codec", ...suiteNames])
        .default(["codec"]),
    )
    .option("--rounds <number>", "how many turns of each contender count", positive, 15)
    .option("--turn <milliseconds>", "how long a turn is to take", positive, 60)
    .option("--json", "print JSON in place of the table", false)
    .addHelpText(
      "after",
      "\nExamples:\n  npm run bench -- codec\n  npm run bench -- json protobuf --rounds 31",
    )
    .action(bench);
}

async function bench(names: (SuiteName | "codec")[], { rounds, turn, json }: Options): Promise<void> {
  const chosen = suiteNames.filter((name) => names.includes(name) || names.includes("codec"));
  const outcomes: Outcome[] = [];
  for (const name of chosen) {
    const suite = await openSuite(name);
    try {
      outcomes.push(...(await measureSuite(suite, { rounds, turn })));
    } finally {
      await suite.close?.();
    }
  }
  console.log(json ? JSON.stringify(outcomes, null, 2) : `\n${table(outcomes)}`);
}

async function measureSuite(suite: Suite, effort: { rounds: number; turn: number }): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const comparison of suite.comparisons) {
    console.error(`Measuring ${comparison.title} …`);
    outcomes.push(await compare(comparison, effort));
  }
  return outcomes;
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("a number above 0 is needed");
  return number;
}
