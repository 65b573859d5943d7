import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import type { PersistedRecord } from "../../oracle/store/oracle.js";
import type { BoundCase } from "../case.js";
import type { Written } from "../codecs.js";
import { Failure } from "../failure.js";
import { readWritten } from "../judge.js";
import { ALL_RULES } from "../scenario/blame.js";
import { emit, handler } from "../scenario/handlers.js";
import { SERVICE } from "../scenario/plan.js";
import { Scenario } from "../scenario/scenario.js";
import { tick, ticks } from "../scenario/ticks.js";
import { processing } from "./define.js";

const { REQUEST, RESPONSE } = RecordType;

/** Where outputs go. */
export const routingCases: readonly BoundCase[] = [
  ...processing({
    name: "routing",
    title: "events, requests and responses go to their topics, with the partition key and the content type",
    requirements: ["PRC-001", "PRC-002", "CTX-021"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context, { partitions: 3, others: ["urn:payments"] });
      const asked = ticks(4, (n) => ({
        type: REQUEST,
        namespace: SERVICE,
        name: "Ask",
        key: n === 3 ? null : `k${n}`,
      }));
      await scenario.write(asked);
      const steps = [
        emit("Happened"),
        emit("Charge", { type: REQUEST, target: "urn:payments" }),
        emit("Answered", { type: RESPONSE }),
        emit("Keyed", { key: "another" }),
      ];
      const answers = handler(guarantee, { type: REQUEST, namespace: SERVICE, name: "Ask", steps });
      await scenario.runToEnd({ handlers: [answers] });
      for (const topic of ["orders-events", "payments-requests", "orders-responses"]) {
        const outputs = await context.oracle.records(topic, 3);
        for (const output of outputs) mustHaveItsForm(output);
        const expected = topic === "orders-events" ? 8 : 4;
        if (outputs.length === expected) continue;
        const counts = { expected: String(expected), actual: String(outputs.length) };
        throw new Failure("MISROUTED", `${topic} does not hold what was emitted`, {
          requirement: "PRC-001",
          ...counts,
        });
      }
      scenario.judge({}, ALL_RULES);
    },
  }),
  ...processing({
    name: "request-to-oneself",
    title: "a service asks itself, and handles what it asked",
    requirements: ["PRC-001", "PRC-050"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write([tick(0)]);
      const asks = handler(guarantee, {
        id: "asks",
        steps: [emit("Ask", { type: REQUEST, target: SERVICE })],
      });
      const asked = handler(guarantee, {
        id: "asked",
        type: REQUEST,
        namespace: SERVICE,
        name: "Ask",
        steps: [],
      });
      const run = await scenario.complete({ handlers: [asks, asked] });
      await scenario.look("the run to the end of the topics ended", { settled: true });
      scenario.judge();
      const isHeard = run.events.some(
        (event) => event.case === "invoked" && event.value.delivery?.handler === "asked",
      );
      if (isHeard) return;
      throw new Failure(
        "LOST",
        "what the service asked itself was never handled, though its topics were to be at their end",
        {
          requirement: "PRC-050",
        },
      );
    },
  }),
];

function mustHaveItsForm({ headers, key, value }: PersistedRecord): void {
  const contentType = headers["content-type"];
  const name = /^application\/vnd\.eventy\.v3\+(json|avro|protobuf)$/.exec(contentType ?? "")?.[1];
  if (name === undefined || value === null) {
    throw new Failure("WRONG-VALUE", "an output has no content type, or an unknown one", {
      requirement: "PRC-002",
      actual: String(contentType),
    });
  }
  const { partitionKey = null } = readWritten(name as Written, value);
  if (key === partitionKey) return;
  throw new Failure("WRONG-VALUE", "the key of an output is not the partition key of its record", {
    requirement: "PRC-002",
    expected: String(partitionKey),
    actual: String(key),
  });
}
