import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mavenJars } from "@eventy/conformance/dist/src/servers/maven.js";
import type { Flow } from "./flow.js";

const streams = fileURLToPath(new URL("../../../bench/kafka-streams/", import.meta.url));
const python = fileURLToPath(new URL("../../../bench/kafka_eventy.py", import.meta.url));
const setup = fileURLToPath(
  new URL("../../../../conformance/testees/python-eventy/setup.mjs", import.meta.url),
);

/** A process handles a flow until its standard input ends. */
export type Start = (flow: Flow) => () => ChildProcess;

/** A script of the bench; it gets the brokers, the group, the topics, and more arguments if need be. */
export function nodeScript(name: string, brokers: readonly string[], ...more: readonly string[]): Start {
  const script = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  return ({ group, input, output }) =>
    () =>
      run(process.execPath, [script, brokers.join(","), group, input, output, ...more]);
}

/** Kafka Streams. The first call on a machine fetches it. */
export async function kafkaStreams(brokers: readonly string[], threads: number): Promise<Start> {
  const jars = await mavenJars({ name: "Kafka Streams", pom: join(streams, "pom.xml") });
  const options = ["-Xmx512m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error", "-cp", join(jars, "*")];
  const java = [...options, join(streams, "OneOutput.java")];
  return ({ group, input, output }) =>
    () =>
      run("java", [...java, brokers.join(","), group, input, output, String(threads)]);
}

/** eventy 3.4.0. The first start installs it. */
export function pythonEventy(brokers: readonly string[], batch: number): Start {
  const program = execFileSync(process.execPath, [setup], { encoding: "utf8" }).trim();
  return ({ group, input, output }) =>
    () =>
      run(program, [python, brokers.join(","), group, input, output, String(batch)]);
}

function run(program: string, args: readonly string[]): ChildProcess {
  const env = { ...process.env, KAFKAJS_NO_PARTITIONER_WARNING: "1" };
  return spawn(program, args, { env, stdio: ["pipe", "inherit", "inherit"] });
}

/** Ends the standard input of a process, and waits until it ends itself. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.stdin?.end();
  await exit;
}
