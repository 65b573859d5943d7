import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "../../../src/servers/port.js";
import { clientOf, read, write } from "../../servers/kafka/records.js";

const ROOT = join(import.meta.dirname, "..", "..", "..");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "eventy-kafka-command-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a cluster runs until it is interrupted; its data stay where it was told, and the next one goes on", async () => {
  const port = await freePort();
  const kafka = clientOf([`127.0.0.1:${port}`]);
  const args = ["--port", String(port), "--data", join(folder, "data")];

  const first = start(...args);
  expect(await firstLines(first)).toContain(`Kafka runs: 127.0.0.1:${port}\n`);
  await write(kafka, "kept", "first");
  expect(await end(first, "SIGINT")).toBe(0);
  expect(readdirSync(folder).filter((name) => name.startsWith("eventy-"))).toEqual([]);

  const second = start(...args);
  expect(await firstLines(second)).toContain(`kept in ${join(folder, "data")}`);
  expect(await read(kafka, "kept", 1)).toEqual(["first"]);
  expect(await end(second, "SIGTERM")).toBe(0);
});

test("without a folder nothing is left", async () => {
  const child = start("--port", String(await freePort()));
  const [, logs = ""] = /Logs: (\S+)\/broker-/.exec(await firstLines(child)) ?? [];
  expect(existsSync(logs)).toBe(true);
  expect(await end(child, "SIGINT")).toBe(0);
  expect(existsSync(logs)).toBe(false);
});

test("a port that is in use, a setting that Kafka refuses, and what is not a setting are wrong usage", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  expect(await failure("--port", String(port))).toContain(`port ${port} is in use`);
  server.close();

  const free = String(await freePort());
  expect(await failure("--port", free, "--set", "num.io.threads=many")).toContain("num.io.threads");
  expect(await failure("--set", "num.io.threads")).toContain("name=value");
});

function start(...args: readonly string[]): ChildProcess {
  const argv = ["--import", "tsx", join("src", "cli", "main.ts"), "kafka", ...args];
  return spawn(process.execPath, argv, { cwd: ROOT, env: { ...process.env, TMPDIR: folder } });
}

/** What it says once it runs; all that it said, if it does not come to run. */
async function firstLines({ stdout }: ChildProcess): Promise<string> {
  let lines = "";
  for await (const chunk of stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    lines += chunk;
    if (lines.includes("Ctrl-C ends it.")) break;
  }
  return lines;
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exit = once(child, "exit");
  child.kill(signal);
  const [code] = await exit;
  return code;
}

/** What it complains of when it was called wrongly. */
async function failure(...args: readonly string[]): Promise<string> {
  const child = start(...args);
  const exit = once(child, "exit");
  const message = child.stderr === null ? "" : await text(child.stderr);
  expect(await exit).toEqual([2, null]);
  return message;
}
