import { expect, it } from "vitest";
import { Activity } from "../../src/processing/activity.js";
import type { RunningGroup } from "../../src/processing/run-group.js";
import { untilEnd } from "../../src/processing/until-end.js";
import { type ErrorCode, EventyError } from "../../src/record/index.js";

/** A group that is at its end when the store has been asked often enough. */
function failing(code: ErrorCode, times: number): RunningGroup {
  let asked = 0;
  return {
    name: "g",
    ended: new Promise(() => {}),
    atEnd: async () => {
      asked += 1;
      if (asked <= times) throw new EventyError(code, "no");
      return true;
    },
  };
}

it("looks again where the store cannot be reached", async () => {
  await expect(untilEnd([failing("STORE_UNAVAILABLE", 2)], new Activity())).resolves.toBeUndefined();
});

it("ends with any other error of the store", async () => {
  await expect(untilEnd([failing("STORE_FAILED", 1)], new Activity())).rejects.toMatchObject({
    code: "STORE_FAILED",
  });
});
