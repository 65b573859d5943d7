import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NotFired } from "../../src/cases/failure.js";
import { killDuring } from "../../src/faults/kill-during.js";
import { TesteeProcess } from "../../src/testee/testee-process.js";
import { fixture } from "../fixtures/fixture.js";

let testee: TesteeProcess;

beforeEach(async () => {
  testee = await TesteeProcess.start(fixture("answers"));
});
afterEach(() => testee.destroy());

const SOMETHING = { id: JSON.stringify({ invoked: {} }) };
const END = { id: JSON.stringify({ done: {} }) };

describe("killing a process in a run", () => {
  it.each([{ events: 2 }, { ms: 1 }])("happens at %j", async (moment) => {
    const run = await testee.startRun({ handlers: [SOMETHING, SOMETHING] });
    await killDuring(testee, run, moment);
    expect(run.events).toHaveLength(2);
    expect(testee.takeFault()).toBeUndefined();
  });

  it.each([{ events: 3 }, { ms: 1 }])("did not happen if the run ended before %j", async (moment) => {
    const run = await testee.startRun({ handlers: [SOMETHING, END] });
    await run.ended();
    await expect(killDuring(testee, run, moment)).rejects.toThrow(NotFired);
  });
});
