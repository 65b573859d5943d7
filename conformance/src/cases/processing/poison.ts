import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { effect, handler } from "../scenario/handlers.js";
import { readLetters } from "../scenario/letters.js";
import { Scenario } from "../scenario/scenario.js";
import { stored, tick, ticks } from "../scenario/ticks.js";
import { mustBeCalled } from "./called.js";
import { processing } from "./define.js";

/** What stands in a topic and is no record. */
export const poisonCases: readonly BoundCase[] = [
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
];
