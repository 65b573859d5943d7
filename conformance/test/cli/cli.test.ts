import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { join as joinWords } from "shlex";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REQUIREMENTS } from "../../src/gen/requirements.js";
import { fixtureArgv } from "../fixtures/fixture.js";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDER = mkdtempSync(join(tmpdir(), "eventy-"));
const REPORT = join(FOLDER, "report");
const TESTEE = joinWords(fixtureArgv("answers"));

interface Result {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

function cli(...args: readonly string[]): Promise<Result> {
  const argv = ["--import", "tsx", join("src", "cli", "main.ts"), ...args];
  return new Promise((resolve) => {
    execFile(process.execPath, argv, { cwd: ROOT }, (error, stdout, stderr) => {
      resolve({ status: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** The first case of a profile: the fixture declares `codec.json` and refuses everything. */
let failing: { readonly id: string; readonly requirements: readonly string[] };
let skipped: { readonly id: string };

beforeAll(async () => {
  const { stdout } = await cli("list", "--json");
  const listed: readonly { id: string; requirements: string[]; capabilities: string[]; smoke: boolean }[] =
    JSON.parse(stdout);
  const runnable = listed.find(({ capabilities, smoke }) => capabilities.join() === "codec.json" && smoke);
  const unable = listed.find(({ capabilities }) => capabilities.includes("codec.protobuf"));
  if (runnable === undefined || unable === undefined) throw new Error("there must be cases");
  failing = runnable;
  skipped = unable;
});

afterAll(() => rmSync(FOLDER, { recursive: true }));

describe("eventy-conformance", () => {
  it("explains itself", async () => {
    const { status, stdout } = await cli("run", "--help");
    expect(status).toBe(0);
    expect(stdout).toContain("Examples:");
    expect(stdout).toContain("python-eventy");
  });
});

describe("explain", () => {
  it("shows a requirement with its cases, and a case with its requirements", async () => {
    const [id = ""] = failing.requirements;
    const requirement = await cli("explain", id);
    expect(requirement).toMatchObject({ status: 0, stdout: expect.stringContaining(failing.id) });
    const text = REQUIREMENTS.find((one) => one.id === id)?.text.slice(0, 40);
    expect(requirement.stdout).toContain(text);
    const one = await cli("explain", failing.id);
    expect(one).toMatchObject({ status: 0, stdout: expect.stringContaining(`${text}`) });
  });
});

describe("run", () => {
  it("exits with 1 for a failure, says how to repeat it, and writes all reports", async () => {
    const args = ["run", "-t", TESTEE, "-c", failing.id, "-s", "7", "-r", REPORT];
    const { status, stdout } = await cli(...args);
    expect(status).toBe(1);
    expect(stdout).toContain(`FAIL ${failing.id}`);
    expect(stdout).toMatch(
      /reproduce: npx eventy-conformance run --testee '.*' --case \S+ --seed 7 --runs 100/,
    );
    expect(readdirSync(REPORT).toSorted()).toEqual([
      "badge.svg",
      "claim.txt",
      "junit.xml",
      "report.html",
      "report.json",
    ]);
    expect(readFileSync(join(REPORT, "report.html"), "utf8")).toContain(failing.id);
  });

  it("exits with 0 if every failure is known", async () => {
    const list = join(FOLDER, "known-failing.txt");
    writeFileSync(list, `${failing.id}  # the fixture knows nothing\n`);
    const { status, stdout } = await cli("run", "-t", TESTEE, "-c", failing.id, "-k", list, "-f", "");
    expect(stdout).toContain(`KNOWN ${failing.id}`);
    expect(status).toBe(0);
  });

  it("exits with 2 if the testee breaks the protocol, never starts, or declares nothing", async () => {
    const garbage = await cli("run", "-t", joinWords(fixtureArgv("garbage")), "-c", failing.id, "-f", "");
    expect(garbage).toMatchObject({ status: 2, stdout: expect.stringContaining("ADAPTER ERROR") });
    const absent = await cli("run", "-t", "/no/such/program", "-c", failing.id, "-f", "");
    expect(absent).toMatchObject({ status: 2, stdout: expect.stringContaining("ENOENT") });
    const idle = await cli("run", "-t", TESTEE, "-c", skipped.id, "-f", "");
    expect(idle).toMatchObject({ status: 2, stdout: expect.stringContaining("does not declare") });
  });

  it("still reports when it is interrupted", async () => {
    const args = ["run", "-t", joinWords(fixtureArgv("hangs")), "-c", failing.id, "-f", ""];
    const child = spawn(process.execPath, ["--import", "tsx", join("src", "cli", "main.ts"), ...args], {
      cwd: ROOT,
    });
    const ended = once(child, "close");
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (stdout === "") child.kill("SIGINT");
      stdout += chunk;
    });
    expect(await ended).toEqual([130, null]);
    expect(stdout).toContain("INCONCLUSIVE the run was interrupted (1 case)");
  });
});
