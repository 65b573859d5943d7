import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { resolveTestee } from "../../../src/testee/resolve.js";

/** What no adapter shows: the suite has no commands for it. */
describe("eventy 3.4.0 on Kafka", () => {
  test("confirms no write once the thread has ended that was the first to use the store", async () => {
    expect(await ask("thread-that-ends")).toEqual([
      "confirmed",
      "Timeout waiting for message to be produced.",
    ]);
  });

  test("ends a run to the end of its topics before it has read anything", async () => {
    expect(await ask("until-end")).toEqual([]);
  });

  test("knows of no end of a topic that it reads from where nothing stands yet", async () => {
    expect(await ask("at-the-end")).toEqual([[], false]);
  });

  test("names a password so that its client refuses it, and logs it", async () => {
    expect(await ask("password")).toEqual({
      error: expect.stringContaining('No such configuration property: "sasl_mechanism"'),
      logged: [expect.stringContaining("'sasl_plain_password': 's3cret'")],
    });
  });
});

async function ask(what: string): Promise<unknown> {
  const [python = ""] = (await resolveTestee("python-eventy")).argv;
  const script = join(import.meta.dirname, "ckstore.py");
  const service = `${what}-${randomUUID()}`;
  const args = ["-B", script, what, process.env["EVENTY_KAFKA_BROKERS"] ?? "", service];
  return JSON.parse((await promisify(execFile)(python, args)).stdout);
}
