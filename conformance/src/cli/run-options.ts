import { Command, Option } from "commander";
import { BINDINGS, type BindingName } from "../cases/binding.js";
import { FORMATS, type Format } from "../report/write.js";
import { randomSeed } from "../runner/seed.js";
import { BUILT_IN } from "../testee/built-in.js";
import { integer, namesOf, seconds } from "./parse.js";
import { addSelectionOptions, type SelectionOptions } from "./selection-options.js";

/** The options of `run`, as commander hands them over. */
export interface RunCommandOptions extends SelectionOptions {
  readonly testee: string;
  readonly seed?: number;
  readonly runs: number;
  readonly parallel: number;
  readonly binding?: BindingName;
  readonly timeout?: number;
  /** A file, or false: not even the list of a built-in testee. */
  readonly knownFailing?: string | false;
  readonly smoke: boolean;
  readonly report: string;
  readonly format: readonly Format[];
}

const INT32_MAX = 2 ** 31 - 1;
const ALL_FORMATS = [...FORMATS.keys()];

const EXAMPLES = `
The testee is one of those that come with the suite:
${[...BUILT_IN].map(([name, { description }]) => `  ${name.padEnd(14)} ${description}`).join("\n")}
or a command line that starts an adapter, split into words as a shell does it (no shell runs).

A list of known failures has a glob over case ids and a reason on each line:
  codec.avro.golden.*  # our Avro library has no snappy
  store.claim.* on kafka  # not on the other bindings
Those cases still run; one that passes makes the run fail, so the list stays true.

Cases on PostgreSQL start a server of their own, unless EVENTY_POSTGRES_URL names one whose user may create
databases; then those that kill the server are skipped.

Cases on Kafka start brokers of their own, for which they need Java 17, unless EVENTY_KAFKA_BROKERS names some
(host:port,host:port); then one case runs at a time, what it made is deleted, and those that have connections fail
or kill brokers are skipped.

Exit status: 0 as expected, 1 failures, 2 wrong usage or an adapter that does not speak the protocol.

Examples:
  $ eventy-conformance run --testee typescript
  $ eventy-conformance run --testee "python adapter.py" --profile codec.json,context
  $ eventy-conformance run -t ./adapter -c "codec.json.golden.*" --seed 42
  $ eventy-conformance run -t ./adapter -p store,processing -b postgresql
  $ eventy-conformance run -t ./adapter -k known-failing.txt -r build/conformance -f junit,html`;

/** The command `run` with its options. */
export function runCommandWithOptions(): Command {
  const command = new Command("run")
    .description("Run cases against an implementation and report what was found.")
    .requiredOption("-t, --testee <name|command>", "the implementation under test");
  return addSelectionOptions(command)
    .addOption(
      new Option("-s, --seed <integer>", "seed of everything random")
        .argParser(integer(-INT32_MAX, INT32_MAX))
        .default(undefined, "random, printed"),
    )
    .option("-n, --runs <number>", "how many times each property is tried", integer(1, 1_000_000), 100)
    .option("-j, --parallel <number>", "how many processes of the testee work at once", integer(1, 64), 2)
    .addOption(
      new Option("-b, --binding <name>", "what cases on stores run on")
        .choices(BINDINGS)
        .default(undefined, "what the testee declares: sqlite, else memory"),
    )
    .option("--timeout <seconds>", "how long the testee may be silent (default: from its start-up)", seconds)
    .option("-k, --known-failing <file>", "list of known failures (default: that of a built-in testee)")
    .option("--no-known-failing", "ignore the list of known failures of a built-in testee")
    .option("--no-smoke", "run the rest of a profile even if a smoke case of it failed")
    .option("-r, --report <folder>", "where reports are written", "report")
    .addOption(
      new Option("-f, --format <names>", `reports to write, of ${ALL_FORMATS.join(", ")}; empty for none`)
        .argParser(namesOf(ALL_FORMATS))
        .default(ALL_FORMATS, "all"),
    )
    .addHelpText("after", EXAMPLES);
}

/** The seed of a run: the one given, or a random one. */
export function seedOfRun({ seed }: RunCommandOptions): number {
  return seed ?? randomSeed();
}
