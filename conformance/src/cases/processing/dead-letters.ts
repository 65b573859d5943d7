import { expectedKey, expectedUuid } from "../../checker/index.js";
import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase, BoundContext } from "../case.js";
import { Failure } from "../failure.js";
import { effect, emit, fail, gate, handler, only } from "../scenario/handlers.js";
import { readLetters } from "../scenario/letters.js";
import { Scenario, SERVICE } from "../scenario/scenario.js";
import { stored, tick, ticks } from "../scenario/ticks.js";
import { DURABLE } from "../store/define.js";
import type { Run } from "../testee.js";
import { processing, REPEATING } from "./define.js";
import { mustBeCalled } from "./delivery.js";

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
    name: "poison",
    title: "one record that is none among 499 good ones becomes a dead letter, and all others are handled",
    requirements: ["PRC-038", "PRC-036"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const records = ticks(500, (n) => ({ key: `k${n % 50}` })).map(stored);
      const poison = {
        topic: "source-events",
        key: "k7",
        value: Buffer.from("{"),
        headers: { "x-from": "elsewhere" },
      };
      await scenario.writeBytes(records.toSpliced(250, 1, poison));
      await scenario.runToEnd({ handlers: [handler(guarantee)] });
      scenario.judge({ progress: "PRC-038", turn: "PRC-038", "dead-letter": "PRC-038" });
    },
  }),
  ...processing({
    name: "poison-of-all-kinds",
    title:
      "whatever is refused on arrival becomes a dead letter: a null value, an unknown encoding, a context too large",
    requirements: ["PRC-038", "CTX-028"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const large = tick(4, { context: { "urn:large": { text: "x".repeat(9_000) } } });
      const good = stored(tick(0));
      await scenario.writeBytes([
        good,
        { topic: "source-events", key: "k" },
        { ...good, headers: { "content-type": "application/x-unknown" } },
        { ...good, value: new Uint8Array() },
        stored(large),
        stored(tick(5)),
      ]);
      await scenario.runToEnd({ handlers: [handler(guarantee, { steps: [effect("seen")] })] });
      mustBeCalled(scenario, { h: "0 5" }, "PRC-038");
      const letters = await readLetters(context);
      const offsets = letters.map(({ origin }) => origin.offset).join(" ");
      if (offsets === "1 2 3 4" && letters.every(({ handler: blamed }) => blamed === undefined)) return;
      throw new Failure(
        "LOST",
        "what was refused on arrival is not in the dead letters, or a handler is blamed for it",
        {
          requirement: "PRC-038",
          expected: "dead letters of the offsets 1 2 3 4, without a handler",
          actual: letters.map(({ origin, handler: blamed }) => `${origin.offset} ${blamed ?? ""}`).join(", "),
        },
      );
    },
  }),
  ...processing({
    name: "poison-in-groups",
    title:
      "bytes that are no record become a dead letter of each group that reads them, unless it skips them",
    requirements: ["PRC-038"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.writeBytes([
        stored(tick(0)),
        { topic: "source-events", value: Buffer.from("no") },
        stored(tick(2)),
      ]);
      const handlers = [
        handler(guarantee, { id: "a", group: "a" }),
        handler(guarantee, { id: "b", group: "b" }),
      ];
      await scenario.runToEnd({ handlers });
      scenario.judge();
      const skipping = handler(guarantee, { id: "c", group: "c" });
      await scenario.runToEnd({ handlers: [skipping], undecodable: Policy.SKIP });
      mustBeCalled(scenario, { c: "0 2" }, "PRC-038");
      const letters = await readLetters(context);
      const groups = letters
        .map(({ group }) => group)
        .toSorted()
        .join(" ");
      if (groups === "a b") return;
      throw new Failure("ORPHAN-OUTPUT", "a group that skips what is no record made a dead letter of it", {
        requirement: "PRC-038",
        actual: groups,
      });
    },
  }),
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
      const first = await scenario.start({ handlers: [failing, ...others], untilEnd: true });
      await scenario.endInOrder(first);
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
      await scenario.endInOrder(await scenario.start({ handlers: [failing], untilEnd: true }));
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
  const actual = letters.map(({ attempts }) => attempts).join(", ");
  if (actual === expected.join(", ")) return;
  throw new Failure("WRONG-VALUE", "a dead letter does not say how many times its record was tried", {
    requirement: "PRC-036",
    expected: expected.join(", "),
    actual,
  });
}

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
