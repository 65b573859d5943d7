import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AdapterError } from "../../src/testee/adapter-error.js";
import { Child } from "../../src/testee/child.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";
import { calibratedTimeout } from "../../src/testee/time-out.js";
import { DECODE, fixture, fixtureArgv } from "../fixtures/fixture.js";

describe("starting", () => {
  it.each([
    ["never-starts", /exit status 7.*no database/s],
    ["lies-about-pid", /says that its pid is \d+, but the suite started \d+/],
  ])("refuses a testee that %s", async (mode, message) => {
    const start = TesteeProcess.start(fixture(mode));
    await expect(start).rejects.toThrow(AdapterError);
    await expect(start).rejects.toThrow(message);
  });

  it("refuses a testee that does not answer in time", async () => {
    const argv = [process.execPath, "-e", "process.stdin.resume()"];
    const start = TesteeProcess.start({ argv, protocolVersion: "3.5.0", startTimeoutMs: 50 });
    await expect(start).rejects.toThrow(
      /did not start: nothing said within 0.05 s: the reply to `start` did not come/,
    );
  });

  it("refuses a program that does not exist", async () => {
    const start = TesteeProcess.start({ argv: ["/no/such/program"], protocolVersion: "3.5.0" });
    await expect(start).rejects.toThrow(/cannot start the testee "\/no\/such\/program".*ENOENT/);
  });
});

describe("restart", () => {
  it("makes a new process", async () => {
    const testee = await TesteeProcess.start(fixture("answers"));
    const first = testee.pid;
    await testee.restart();
    expect(testee.pid).not.toBe(first);
    expect(await testee.call(DECODE)).toMatchObject({ case: "failed" });
    expect(testee.takeFault()).toBeUndefined();
    await testee.stop();
  });

  it("is refused after the end", async () => {
    const testee = await TesteeProcess.start(fixture("answers"));
    await testee.destroy();
    await expect(testee.restart()).rejects.toThrow("the testee was stopped");
  });
});

describe("ending", () => {
  it("takes the testee's own children along", async () => {
    const folder = mkdtempSync(join(tmpdir(), "eventy-"));
    const socket = join(folder, "socket");
    const server = createServer().listen(socket);
    const connected = once(server, "connection");
    const testee = await TesteeProcess.start(fixture("leaves-a-child", socket));
    await testee.call(DECODE);
    const [grandchild]: Socket[] = await connected;
    const gone = grandchild && once(grandchild.resume(), "close");
    await testee.stop();
    await gone;
    expect(grandchild?.destroyed).toBe(true);
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("ends by force who does not end otherwise", async () => {
    const child = await Child.start(fixtureArgv("stays"));
    const ready = new Promise((resolve) => child.onOutput(resolve));
    child.write(JSON.stringify({ id: "1", start: {} }));
    await ready;
    await child.end(20);
    expect(await child.ended).toBe("signal SIGKILL");
  });
});

describe("calibratedTimeout", () => {
  it.each([
    [50, 10_000],
    [1_000, 20_000],
    [30_000, 120_000],
  ])("gives a testee that starts in %d ms %d ms for a reply", (startUp, expected) => {
    expect(calibratedTimeout(startUp)).toBe(expected);
  });
});
