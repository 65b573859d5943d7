import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { UsageError } from "../runner/usage-error.js";
import type { KafkaServer } from "../servers/kafka/server.js";
import { startKafka } from "../servers/kafka/start.js";
import { isFree } from "../servers/port.js";
import { EXIT_OK } from "./exit-codes.js";
import { abortOnSignals } from "./interrupt.js";
import { integer } from "./parse.js";

interface Options {
  readonly brokers: number;
  readonly port: number;
  readonly data?: string;
  readonly set?: Readonly<Record<string, string>>;
}

const EXAMPLES = `
It needs Java 17 or later, and once Maven and the network: what Kafka consists of is fetched from Maven Central and
kept in the cache of the user. Who connects is not asked who it is, so the cluster is for this machine only.

Examples:
  $ eventy-conformance kafka
  $ eventy-conformance kafka --brokers 3 --data ./kafka-data
  $ eventy-conformance kafka --set group.min.session.timeout.ms=6000`;

/** `kafka`: a cluster to develop with, until it is interrupted. */
export function kafkaCommand(exit: (status: number) => void): Command {
  return new Command("kafka")
    .description("Start a Kafka cluster on this machine, to develop with. It ends with Ctrl-C.")
    .option("--brokers <number>", "how many brokers", integer(1, 9), 1)
    .option(
      "-p, --port <number>",
      "port of the first; the others have the next ones",
      integer(1, 65_000),
      9092,
    )
    .option(
      "-d, --data <folder>",
      "keep the data there, and go on with those that are there (default: removed)",
    )
    .option("--set <name=value>", "a setting of the brokers, as in server.properties; repeat it", addSetting)
    .addHelpText("after", EXAMPLES)
    .action(async (options: Options) => {
      await runCluster(options);
      exit(EXIT_OK);
    });
}

async function runCluster({ brokers, port, data, set }: Options): Promise<void> {
  for (let one = port; one < port + brokers; one += 1) {
    if (!(await isFree(one))) throw new UsageError(`port ${one} is in use: choose another one with --port`);
  }
  const interrupt = abortOnSignals();
  process.stderr.write("Kafka starts …\n");
  const server = await start({
    brokers,
    port,
    ...(data && { dataFolder: resolve(data) }),
    ...(set && { settings: set }),
  });
  try {
    if (!interrupt.signal.aborted) {
      process.stdout.write(`${describe(server, data)}\n`);
      await new Promise((end) => interrupt.signal.addEventListener("abort", end, { once: true }));
    }
  } finally {
    await server.stop();
    interrupt.dispose();
  }
}

/** What keeps Kafka from starting is mostly something of this machine that the user can mend. */
async function start(options: Parameters<typeof startKafka>[0]): Promise<KafkaServer> {
  try {
    return await startKafka(options);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function describe({ brokers, folder }: KafkaServer, data: string | undefined): string {
  const list = brokers.join(",");
  return [
    `Kafka runs: ${list}`,
    `Data: ${data === undefined ? "removed at the end" : `kept in ${resolve(data)}`}`,
    `Logs: ${folder}/broker-*.log, removed at the end`,
    "",
    `  new KafkaStore({ brokers: [${brokers.map((one) => JSON.stringify(one)).join(", ")}] })`,
    `  EVENTY_KAFKA_BROKERS=${list} npx eventy-conformance run --testee typescript --binding kafka`,
    "",
    "Ctrl-C ends it.",
  ].join("\n");
}

function addSetting(
  text: string,
  earlier: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const [, name, value] = /^([^=\s]+)=(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("It must be name=value.");
  return { ...earlier, [name]: value };
}
