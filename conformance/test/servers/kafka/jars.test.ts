import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { kafkaJars } from "../../../src/servers/kafka/jars.js";
import { kafkaProblem } from "../../../src/servers/kafka/problem.js";

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "eventy-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", cache);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true });
});

test("two that fetch at once get the same, whole folder, and nothing else is left", async () => {
  const [first, second] = await Promise.all([kafkaJars(), kafkaJars()]);
  expect(second).toBe(first);
  expect(existsSync(join(first, "kafka_2.13-4.3.1.jar"))).toBe(true);
  expect(readdirSync(join(cache, "eventy"))).toHaveLength(1);
});

test("a Maven that fails: what it says, and nothing is left", async () => {
  fake("mvn", "echo '[ERROR] Unknown host repo.maven.apache.org'; exit 1");
  await expect(kafkaJars()).rejects.toThrow("Unknown host repo.maven.apache.org");
  expect(readdirSync(join(cache, "eventy"))).toEqual([]);
});

test("what is missing, and what to do", () => {
  expect(kafkaProblem()).toBeUndefined();
  vi.stubEnv("JAVA_HOME", "");
  fake("java", `echo 'openjdk version "11.0.2" 2019-01-15' >&2`);
  expect(kafkaProblem()).toContain("`java` is Java 11. Install a Java runtime, 17 or later");
  fake("java", `echo 'openjdk version "21" 2023-09-19' >&2`);
  vi.stubEnv("PATH", join(cache, "bin"));
  expect(kafkaProblem()).toContain("Install Maven");
  rmSync(join(cache, "bin"), { recursive: true });
  expect(kafkaProblem()).toMatch(/`java` does not start .* Install a Java runtime.*EVENTY_KAFKA_BROKERS/);
});

/** Puts a program of that name before all others. */
function fake(name: string, script: string): void {
  const folder = join(cache, "bin");
  if (!existsSync(folder)) {
    mkdirSync(folder);
    vi.stubEnv("PATH", `${folder}:${process.env["PATH"]}`);
  }
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}
