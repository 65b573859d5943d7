import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { mustBeRefused } from "../scenario/command.js";
import { effect, emit, handler, only, type StepInit } from "../scenario/handlers.js";
import { running, SERVICE } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { tick, ticks } from "../scenario/ticks.js";
import { mustBeCalled } from "./called.js";
import { processing } from "./define.js";
import { isEmitted } from "./emitted.js";

const { REQUEST, RESPONSE } = RecordType;
const CHANGE: StepInit = { step: { case: "changeInput", value: {} } };

/** Which records reach which handlers, and how. */
export const deliveryCases: readonly BoundCase[] = [
  ...processing({
    name: "every-handler",
    title: "each record reaches every handler that is for it, and no other",
    requirements: ["PRC-004"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write([
        tick(0),
        tick(1, { name: "Tock" }),
        tick(2, { name: "Unknown" }),
        tick(3, { type: REQUEST, namespace: SERVICE }),
        tick(4, { type: RESPONSE, destination: SERVICE }),
        tick(5, { namespace: SERVICE, source: SERVICE }),
        tick(6),
      ]);
      const handlers = [
        handler(guarantee, { id: "one" }),
        handler(guarantee, { id: "two" }),
        handler(guarantee, { id: "tocks", name: "Tock" }),
        handler(guarantee, { id: "asked", type: REQUEST, namespace: SERVICE }),
        handler(guarantee, { id: "answered", type: RESPONSE }),
        handler(guarantee, { id: "own", namespace: SERVICE }),
      ];
      await scenario.runToEnd({ handlers });
      scenario.judge({ turn: "PRC-004" });
      mustBeCalled(
        scenario,
        { one: "0 6", two: "0 6", tocks: "1", asked: "3", answered: "4", own: "5" },
        "PRC-004",
      );
    },
  }),
  ...processing({
    name: "same-kind",
    title: "two handlers that are for the same records, with ids of their own, each get each record once",
    requirements: ["PRC-004"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(4));
      const steps = [effect("seen")];
      await scenario.runToEnd({
        handlers: [handler(guarantee, { id: "a", steps }), handler(guarantee, { id: "b", steps })],
      });
      mustBeCalled(scenario, { a: "0 1 2 3", b: "0 1 2 3" }, "PRC-004");
    },
  }),
  ...processing({
    name: "same-id",
    title: "two handlers of one group with the same id are refused",
    requirements: ["PRC-006"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const handlers = [handler(guarantee), handler(guarantee, { name: "Tock" })];
      await mustBeRefused(await scenario.opened(), running(handlers), "INVALID_ARGUMENT", {
        requirement: "PRC-006",
      });
    },
  }),
  ...processing({
    name: "response-to-instance",
    title: "a service gets the responses to it and to its instances, and none to another service",
    requirements: ["PRC-005"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const destinations = [
        SERVICE,
        `${SERVICE}:instance-1`,
        `${SERVICE}-archive`,
        "urn:payments",
        `${SERVICE}:a:b`,
      ];
      await scenario.write(destinations.map((destination, n) => tick(n, { type: RESPONSE, destination })));
      await scenario.runToEnd({ handlers: [handler(guarantee, { type: RESPONSE, steps: [] })] });
      mustBeCalled(scenario, { h: "0 1 4" }, "PRC-005");
      scenario.judge();
    },
  }),
  ...processing({
    name: "unchanged-by-others",
    title: "what one handler does to the record that it was given, another one does not see",
    requirements: ["PRC-007"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      const changes = handler(guarantee, { id: "changes", steps: [CHANGE, emit("Of-changes")] });
      const sees = handler(guarantee, {
        id: "sees",
        steps: [only("changed", emit("Changed")), emit("Of-sees")],
      });
      await scenario.runToEnd({ handlers: [changes, sees] });
      if (await isEmitted(context, "Changed")) {
        throw new Failure("WRONG-VALUE", "a handler saw what another one did to the record", {
          requirement: "PRC-007",
        });
      }
      scenario.judge();
    },
  }),
  ...processing({
    name: "unchanged-by-other-guarantees",
    title: "what a handler does to the record that it was given, one of a later phase does not see",
    requirements: ["PRC-007"],
    capabilities: ["guarantee.alo", "guarantee.eos"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      const changes = handler("alo", { id: "changes", steps: [CHANGE] });
      const later = guarantee === "alo" ? "eos" : guarantee;
      const steps = [only("changed", effect("changed"))];
      const run = await scenario.complete({ handlers: [changes, handler(later, { id: "sees", steps })] });
      mustBeCalled(scenario, { changes: "0 1", sees: "0 1" }, "PRC-004");
      const changed = run.events.some(
        ({ case: kind, value }) => kind === "effect" && value.label === "changed",
      );
      if (!changed) return;
      throw new Failure("WRONG-VALUE", "a handler saw what another one did to the record", {
        requirement: "PRC-007",
      });
    },
  }),
  ...processing({
    name: "same-record-twice",
    title: "a record that stands at two positions is handled at each",
    guarantees: ["eos"],
    requirements: ["PRC-021"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write([tick(0), tick(1), tick(0)]);
      await scenario.runToEnd({ handlers: [handler(guarantee)] });
      scenario.judge({ "exactly-once": "PRC-021" });
    },
  }),
];
