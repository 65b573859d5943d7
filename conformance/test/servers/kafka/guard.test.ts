import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";

const SCRIPT = `
  const { startKafka } = await import(${JSON.stringify(import.meta.resolve("../../../src/servers/kafka/start.ts"))});
  await startKafka();
  console.log("runs");`;

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "eventy-guard-"));
});
afterEach(() => rmSync(parent, { recursive: true }));

test("a server and its data go when the process that started it is killed", async () => {
  const child = start();
  await once(createInterface(child.stdout), "line");
  const [folder = ""] = folders();
  expect(processes()).toContain(folder);

  child.kill("SIGKILL");

  await untilNothingIsLeft(folder);
});

test("nothing begins any more when that process is killed while it starts a server", async () => {
  const child = start();
  let folder: string | undefined;
  while (folder === undefined || !existsSync(join(folder, "broker-1.pid"))) {
    await sleep(5);
    [folder] = folders();
  }

  child.kill("SIGKILL");

  await untilNothingIsLeft(folder);
});

function start() {
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", SCRIPT], {
    env: { ...process.env, TMPDIR: parent },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function folders(): readonly string[] {
  const names = readdirSync(parent).filter((name) => name.startsWith("eventy-kafka-"));
  return names.map((name) => join(parent, name));
}

async function untilNothingIsLeft(folder: string): Promise<void> {
  while (existsSync(folder) || processes().includes(folder)) await sleep(20);
}

function processes(): string {
  return execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" });
}
