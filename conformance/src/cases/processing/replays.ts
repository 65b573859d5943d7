import { expectedKey, expectedUuid } from "../../checker/index.js";
import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase, BoundContext } from "../case.js";
import { Failure } from "../failure.js";
import { CURRENT } from "../scenario/cursors.js";
import { emit, fail, handler, only } from "../scenario/handlers.js";
import { readLetters } from "../scenario/letters.js";
import { SERVICE } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { tick, ticks } from "../scenario/ticks.js";
import { mustBe } from "../store/compare.js";
import type { Run } from "../testee.js";
import { processing } from "./define.js";

/** Dead letters that are handled again. */
export const replayCases: readonly BoundCase[] = [
  ...processing({
    name: "replay",
    title: "a dead letter that is replayed goes to the handler and group that it names, and to no other",
    requirements: ["PRC-039", "PRC-044"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(5, (n) => ({ flags: [n % 2 === 1 ? "fails" : "fine"] })));
      // It fails at the first try of each record in this process, and not when that is replayed.
      const failing = handler(guarantee, {
        steps: [only("fails", fail(1)), emit("Of-h")],
        onError: Policy.DEAD_LETTER,
      });
      const others = [
        handler(guarantee, { id: "other" }),
        handler(guarantee, { id: "third", group: "third" }),
      ];
      await scenario.complete({ handlers: [failing, ...others] });
      const replay = await scenario.start({ handlers: [failing, ...others], replay: true });
      await scenario.endInOrder(replay);
      const replayed = (id: string): string => scenario.calls(id, replay).join(" ");
      const actual = ["h", "other", "third"].map((id) => `${id}: ${replayed(id)}`.trim()).join(", ");
      if (actual !== "h: 1 3, other:, third:") {
        throw new Failure("MISROUTED", "replayed dead letters came to other handlers than they name", {
          requirement: "PRC-039",
          expected: "h: 1 3, other:, third:",
          actual,
        });
      }
      await mustKeepIdentity(context, replay);
    },
  }),
  ...processing({
    name: "replay-once",
    title:
      "a dead letter that was replayed is not replayed again, and one that fails again is another dead letter",
    requirements: ["PRC-039"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3, (n) => ({ flags: [n === 1 ? "fails" : "fine"] })));
      const failing = handler(guarantee, {
        steps: [only("fails", fail()), emit("Of-h")],
        onError: Policy.DEAD_LETTER,
      });
      await scenario.complete({ handlers: [failing] });
      const calls: string[] = [];
      for (let i = 0; i < 2; i++) {
        const replay = await scenario.start({ handlers: [failing], replay: true });
        await scenario.endInOrder(replay);
        calls.push(scenario.calls("h", replay).join(" "));
      }
      const letters = await readLetters(context);
      const origins = letters.map(({ origin }) => `${origin.topic}@${origin.offset}`).join(" ");
      const expected = Array.from({ length: 3 }, () => "source-events@1").join(" ");
      if (calls.join(",") === "1,1" && origins === expected) return;
      throw new Failure("WRONG-VALUE", "a dead letter that failed again is not one more of the same record", {
        requirement: "PRC-039",
        expected: `each replay handles record 1; ${expected}`,
        actual: `${calls.join(",")}; ${origins}`,
      });
    },
  }),
  ...processing({
    name: "replay-from-the-oldest",
    title: "a replay begins with the oldest letter, wherever the groups of the service begin",
    requirements: ["PRC-039"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const failing = handler(guarantee, { steps: [fail(1), emit("Of-h")], onError: Policy.DEAD_LETTER });
      await scenario.complete({ handlers: [failing] });
      const replay = await scenario.start({ handlers: [failing], start: CURRENT, replay: true });
      await scenario.endInOrder(replay);
      mustBe(scenario.calls("h", replay), ["0", "1", "2"], "what was replayed");
    },
  }),
  ...processing({
    name: "replay-one-by-one",
    title: "a replay in batches of one record ends when it has handled all letters",
    requirements: ["PRC-050", "PRC-039"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      await scenario.write(ticks(5, (n) => ({ flags: [n < 3 ? "fails" : "fine"] })));
      // It fails at the first try of each record in this process, and not when that is replayed.
      const failing = handler(guarantee, {
        steps: [only("fails", fail(1)), emit("Of-h")],
        onError: Policy.DEAD_LETTER,
      });
      const plan = { handlers: [failing], maxBatch: 1 };
      await scenario.complete(plan);
      const replay = await scenario.start({ ...plan, replay: true });
      await scenario.endInOrder(replay);
      mustBe(scenario.calls("h", replay), ["0", "1", "2"], "what was replayed", { requirement: "PRC-039" });
    },
  }),
];

/** Checks that what is replayed has the idempotency keys and the uuids of outputs that it would have had. */
async function mustKeepIdentity(context: BoundContext, replay: Run): Promise<void> {
  const keys = replay.events.flatMap((event) =>
    event.case === "invoked" && event.value.delivery ? [event.value.delivery.idempotencyKey] : [],
  );
  const replayed = [1, 3].map((n) => tick(n));
  const expectedKeys = replayed.map((record) => expectedKey(record, "orders", "h"));
  const outputs = await context.oracle.records("orders-events");
  const texts = outputs.map(({ value }) => Buffer.from(value ?? []).toString());
  const output = { namespace: SERVICE, name: "Of-h" };
  const uuids = replayed.map((record) => expectedUuid(record, "orders", "h", output, 0));
  if (keys.join() === expectedKeys.join() && uuids.every((uuid) => texts.some((text) => text.includes(uuid))))
    return;
  throw new Failure(
    "WRONG-UUID",
    "what is replayed has another idempotency key, or outputs with other uuids",
    {
      requirement: keys.join() === expectedKeys.join() ? "PRC-044" : "PRC-039",
      expected: [...expectedKeys, ...uuids].join(", "),
      actual: keys.join(", "),
    },
  );
}
