import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase, BoundContext } from "../case.js";
import { Failure } from "../failure.js";
import { emit, fail, gate, handler, only } from "../scenario/handlers.js";
import { readLetters } from "../scenario/letters.js";
import { Scenario } from "../scenario/scenario.js";
import { stored, tick, ticks } from "../scenario/ticks.js";
import { DURABLE } from "../store/define.js";
import { processing, REPEATING } from "./define.js";
import { mustMatch } from "./must-match.js";

/** Records that cannot be handled. */
export const deadLetterCases: readonly BoundCase[] = [
  ...processing({
    name: "dead-letter",
    title:
      "a record that cannot be handled becomes a dead letter, bytes and headers unchanged, and the group goes on",
    requirements: ["PRC-036", "PRC-037"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      const flags = (n: number): readonly string[] => (n % 4 === 1 ? ["fails"] : []);
      const records = ticks(12, (n) => ({ key: n === 5 ? null : `k${n % 3}`, flags: flags(n) }));
      await scenario.writeBytes(
        records.map((record) => ({
          ...stored(record),
          headers: { ...stored(record).headers, "x-trace": "a=b;ü" },
        })),
      );
      const failing = handler(guarantee, {
        steps: [only("fails", fail()), emit("Of-h")],
        onError: Policy.DEAD_LETTER,
      });
      await scenario.runToEnd({ handlers: [failing] });
      scenario.judge();
      await mustHaveAttempts(context, [1, 1, 1]);
    },
  }),
  ...processing({
    name: "dead-letter-after-retries",
    title: "a dead letter says how many times its record was tried",
    guarantees: REPEATING,
    requirements: ["PRC-036", "PRC-030"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3, (n) => (n === 1 ? { flags: ["fails"] } : {})));
      const steps = [only("fails", fail()), emit("Of-h")];
      const failing = handler(guarantee, { steps, retries: 2, onError: Policy.DEAD_LETTER });
      await scenario.runToEnd({ handlers: [failing] });
      scenario.judge();
      await mustHaveAttempts(context, [3]);
    },
  }),
  ...processing({
    name: "dead-letter-error",
    title:
      "a dead letter says which error it is, by its code and as much of its message as there is room for",
    requirements: ["PRC-036"],
    capabilities: ["error-codes"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write([tick(0, { flags: ["fails"] }), tick(1, { flags: ["fails-at-length"] })]);
      const long = "out of stock: 🧦 ".repeat(200);
      const failing = handler(guarantee, {
        steps: [only("fails", fail(0, "no such product: 7")), only("fails-at-length", fail(0, long))],
        onError: Policy.DEAD_LETTER,
      });
      await scenario.runToEnd({ handlers: [failing] });
      const codePoints = Array.from(`HANDLER_FAILED: ${long}`);
      const expected = ["HANDLER_FAILED: no such product: 7", codePoints.slice(0, 1024).join("")];
      const actual = (await readLetters(context)).map(({ error }) => error);
      if (actual.length === 2 && expected.every((error, index) => actual[index] === error)) return;
      throw new Failure("WRONG-VALUE", "the error in a dead letter is not what it must be", {
        expected: JSON.stringify(expected),
        actual: JSON.stringify(actual),
      });
    },
  }),
  ...processing({
    name: "dead-letters-of-several-handlers",
    title: "each handler that gives a record up makes a dead letter of its own",
    requirements: ["PRC-036", "PRC-011"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4, (n) => (n === 2 ? { flags: ["fails"] } : {})));
      const failing = { steps: [only("fails", fail())], onError: Policy.DEAD_LETTER };
      const handlers = [
        handler(guarantee, { id: "a", ...failing }),
        handler(guarantee, { id: "b", ...failing }),
        handler(guarantee, { id: "c" }),
        handler(guarantee, { id: "d", group: "other", ...failing }),
      ];
      await scenario.runToEnd({ handlers });
      scenario.judge();
    },
  }),
  ...processing({
    name: "dead-letter-after-a-kill",
    title: "a process is killed right behind a dead letter, and it is there once",
    guarantees: REPEATING,
    requirements: ["PRC-037", "STO-028"],
    bindings: DURABLE,
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { leaseMs: 1000 });
      await scenario.write(ticks(6, (n) => ({ flags: [["fails", "waits", "fine"][n % 3] ?? ""] })));
      const steps = [only("fails", fail()), only("waits", gate("g")), emit("Of-h")];
      const plan = { handlers: [handler(guarantee, { steps, onError: Policy.DEAD_LETTER })], maxBatch: 3 };
      const run = await scenario.start(plan);
      await run.next("gate");
      await scenario.kill("behind the first dead letter");
      await scenario.runToEnd(plan, { open: ["g"] });
      scenario.judge();
      scenario.witnessRedelivery(1);
    },
  }),
];

/** Checks how often the records of dead letters were tried, in the order of their offsets. */
async function mustHaveAttempts(context: BoundContext, expected: readonly number[]): Promise<void> {
  const letters = await readLetters(context, 2);
  mustMatch(
    letters.map(({ attempts }) => String(attempts)),
    expected.map(String),
    "PRC-036",
    "a dead letter does not say how many times its record was tried",
  );
}
