import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import type { PersistedRecord } from "../../oracle/store/oracle.js";
import type { BoundCase } from "../case.js";
import type { ToWrite } from "../scenario/command.js";
import { emit, fail, handler } from "../scenario/handlers.js";
import { readLetters } from "../scenario/letters.js";
import { SERVICE } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { stored, type TickChanges, tick } from "../scenario/ticks.js";
import { mustBeCalled } from "./called.js";
import { processing } from "./define.js";
import { mustMatch } from "./must-match.js";

const { REQUEST, RESPONSE } = RecordType;
const HEADER = "eventy-destination";
const PAYMENTS = "urn:payments";
const INSTANCE = "urn:shop:instance-1";

/** The header that says to whom a response goes. */
export const destinationCases: readonly BoundCase[] = [
  ...processing({
    name: "destination",
    title: "a response says in a header to whom it goes, and nothing else has such a header",
    requirements: ["PRC-052"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { others: [PAYMENTS] });
      const asked = { type: REQUEST, namespace: SERVICE, name: "Ask" };
      await scenario.write([
        tick(0, { ...asked, source: "urn:shop" }),
        tick(1, { ...asked, source: INSTANCE }),
      ]);
      const steps = [
        emit("Happened"),
        emit("Charge", { type: REQUEST, target: PAYMENTS }),
        emit("Answered", { type: RESPONSE }),
      ];
      await scenario.runToEnd({ handlers: [handler(guarantee, { ...asked, steps })] });
      const outputs = ["orders-events", "payments-requests", "orders-responses"];
      const found: PersistedRecord[] = [];
      for (const topic of outputs) found.push(...(await context.oracle.records(topic)));
      mustMatch(
        found.map(({ topic, headers }) => `${topic}: ${headers[HEADER] ?? "none"}`),
        outputs.flatMap((topic) =>
          ["urn:shop", INSTANCE].map((to) => `${topic}: ${topic === "orders-responses" ? to : "none"}`),
        ),
        "PRC-052",
        "the destination beside an output is not what it must be",
      );
    },
  }),
  ...processing({
    name: "responses-to-others",
    title: "what a header says is for others is acknowledged and not decoded, whatever bytes it has",
    requirements: ["PRC-053", "PRC-005"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const noRecord = { ...response(9, SERVICE), value: Buffer.from("{") };
      await scenario.writeBytes([
        response(0, SERVICE, SERVICE),
        { ...noRecord, headers: { [HEADER]: PAYMENTS } },
        { ...noRecord, headers: { "content-type": "application/x-unknown", [HEADER]: `${SERVICE}-archive` } },
        { topic: "source-responses", key: "k", headers: { [HEADER]: PAYMENTS } },
        response(4, `${SERVICE}:a:b`, `${SERVICE}:a:b`),
        response(5, PAYMENTS, PAYMENTS),
        response(6, SERVICE),
        response(7, PAYMENTS),
      ]);
      await scenario.runToEnd({ handlers: [handler(guarantee, { type: RESPONSE, steps: [] })] });
      const letters = await readLetters(context);
      mustMatch(
        letters.map(({ origin }) => `${origin.topic}@${origin.offset}`),
        [],
        "PRC-053",
        "what is for others became a dead letter",
      );
      mustBeCalled(scenario, { h: "0 4 6" }, "PRC-053");
      scenario.judge();
    },
  }),
  ...processing({
    name: "false-destination",
    title: "a response is delivered if its header and its record both say so, and no header hides an event",
    requirements: ["PRC-053", "PRC-005", "PRC-004"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.writeBytes([
        response(0, SERVICE, PAYMENTS),
        response(1, PAYMENTS, SERVICE),
        response(2, SERVICE, SERVICE),
        beside(PAYMENTS, 3),
        beside(SERVICE, 4),
        beside(PAYMENTS, 5, { type: REQUEST, namespace: SERVICE }),
      ]);
      const handlers = [
        handler(guarantee, { id: "answered", type: RESPONSE, steps: [] }),
        handler(guarantee, { id: "told", steps: [] }),
        handler(guarantee, { id: "asked", type: REQUEST, namespace: SERVICE, steps: [] }),
      ];
      await scenario.runToEnd({ handlers });
      mustBeCalled(scenario, { told: "3 4", asked: "5" }, "PRC-004");
      const answered = scenario.calls("answered");
      mustBeCalled(scenario, { answered: "2" }, answered.includes("1") ? "PRC-005" : "PRC-053");
      scenario.judge();
    },
  }),
  ...processing({
    name: "dead-letter-of-a-response",
    title:
      "a response that is replayed keeps its destination beside its bytes, each time that it is given up",
    requirements: ["PRC-036", "PRC-039"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.writeBytes([response(0, SERVICE, SERVICE)]);
      const failing = handler(guarantee, {
        type: RESPONSE,
        steps: [fail()],
        onError: Policy.DEAD_LETTER,
      });
      await scenario.complete({ handlers: [failing] });
      await scenario.endInOrder(await scenario.start({ handlers: [failing], replay: true }));
      mustBeCalled(scenario, { h: "0 0" }, "PRC-039");
      const letters = await readLetters(context);
      mustMatch(
        letters.map(({ letter }) => letter.headers.get(HEADER) ?? "none"),
        [SERVICE, SERVICE],
        "PRC-036",
        "a dead letter has not the headers of its record",
      );
    },
  }),
];

/** A response that says in its header, if it has one, that it goes to `header`. */
function response(n: number, destination: string, header?: string): ToWrite {
  const changes = { type: RESPONSE, destination };
  return header === undefined ? stored(tick(n, changes)) : beside(header, n, changes);
}

function beside(header: string, n: number, changes: TickChanges = {}): ToWrite {
  const one = stored(tick(n, changes));
  return { ...one, headers: { ...one.headers, [HEADER]: header } };
}
