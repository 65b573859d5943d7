import { Argument, Command, InvalidArgumentError } from "commander";
import type { Effort } from "./measure.js";
import { measureSuite, type PartOutcome } from "./measure-suite.js";
import { codecSuiteNames, openSuite, type SuiteName, suiteNames } from "./suites.js";
import { table } from "./table.js";

interface Options {
  readonly rounds?: number;
  readonly turn?: number;
  readonly part: string;
  readonly quick: boolean;
  readonly json: boolean;
}

/** `eventy bench`: how fast things are, next to others that do the same. */
export function benchCommand(): Command {
  return new Command("bench")
    .summary("measure speed, side by side with what others need for the same work")
    .description(
      "Measures speed, side by side with what others need for the same work on the same bytes.\n\n" +
        "Contenders take turns (A B A B), and the median turn counts: its processor time for codec and " +
        "context, the time on the clock for stores, which wait for disks and servers. " +
        "A ratio is a speed: 2 × is twice as fast. A missed target is shown and fails nothing, " +
        "since a busy machine would make it a matter of luck.",
    )
    .addArgument(
      new Argument("[suites...]", "what to measure; codec stands for json, avro, protobuf and context")
        .choices(["codec", ...suiteNames])
        .default(["codec"]),
    )
    .option("--rounds <number>", "how many turns of each contender count", positive)
    .option("--turn <milliseconds>", "how long a turn is to take", positive)
    .option("--part <text>", "only what has this text in its title", "")
    .option("--quick", "few and short turns, and topics of thousands in place of millions", false)
    .option("--json", "print JSON in place of the table", false)
    .addHelpText(
      "after",
      "\nExamples:\n  npm run bench -- codec\n  npm run bench -- json protobuf --rounds 31\n" +
        "  npm run bench -- sqlite --quick\n\n" +
        "EVENTY_POSTGRES_URL names the server for postgresql, in which databases are created and dropped; " +
        "EVENTY_KAFKA_BROKERS names the brokers for kafka, where topics are created in place of those of earlier runs. " +
        "Without them, one is started.",
    )
    .action(bench);
}

async function bench(names: (SuiteName | "codec")[], options: Options): Promise<void> {
  const wanted = names.flatMap((name) => (name === "codec" ? codecSuiteNames : name));
  const outcomes: PartOutcome[] = [];
  for (const name of suiteNames.filter((each) => wanted.includes(each))) {
    const suite = await openSuite(name, options);
    try {
      outcomes.push(...(await measureSuite(suite, options.part, effortFor(suite.effort, options))));
    } finally {
      await suite.close?.();
    }
  }
  console.log(options.json ? JSON.stringify(outcomes, null, 2) : `\n${table(outcomes)}`);
}

/** What the user says counts; then what the suite says; then what suits work of microseconds. */
function effortFor(own: Effort = { rounds: 15, turn: 60 }, { rounds, turn, quick }: Options): Effort {
  return {
    rounds: rounds ?? (quick ? Math.min(own.rounds, 3) : own.rounds),
    turn: turn ?? (quick ? own.turn / 2 : own.turn),
  };
}

function positive(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError("a number above 0 is needed");
  return number;
}
