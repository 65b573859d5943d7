import { randomUUID } from "node:crypto";
import { emitEvent, runInScope } from "@eventy/sdk/context";
import { type Context, context, propagation, ROOT_CONTEXT } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CBaggagePropagator } from "@opentelemetry/core";
import { contender } from "./measure.js";
import { cycle, records } from "./payload.js";
import type { Suite } from "./suite.js";

const service = "urn:payments";
const data = { order: 104_200, cents: 8735 };

/** A context scope and what is emitted in it, against OpenTelemetry's context with baggage of the same facts. */
export function contextSuite(): Suite {
  const contexts = new AsyncLocalStorageContextManager();
  context.setGlobalContextManager(contexts.enable());
  propagation.setGlobalPropagator(new W3CBaggagePropagator());
  const [nextRecord, nextForInject, nextForScope] = [cycle(records), cycle(records), cycle(records)];
  return {
    comparisons: [
      {
        title: "Context: open a scope and emit one record that inherits",
        ours: contender("eventy", () =>
          runInScope({ service, record: nextRecord() }, () => emitEvent({ name: "Charged", data })),
        ),
        rivals: [
          {
            contender: contender("OpenTelemetry, one message that inherits", () =>
              context.with(withBaggage(nextForInject()), messageThatInherits),
            ),
            target: 1,
          },
          {
            contender: contender("OpenTelemetry, no message", () =>
              context.with(withBaggage(nextForScope()), () => propagation.getActiveBaggage()),
            ),
            target: 1,
          },
        ],
      },
    ],
    close: async () => {
      contexts.disable();
    },
  };
}

/** What a context of ours holds, as baggage. */
function withBaggage({ correlationId, uuid, partitionKey }: (typeof records)[number]): Context {
  const baggage = propagation.createBaggage({
    "orders.order": { value: partitionKey ?? "" },
    "eventy.correlation_id": { value: correlationId },
    "eventy.causation_uuid": { value: uuid },
    "eventy.hops": { value: "1" },
  });
  return propagation.setBaggage(ROOT_CONTEXT, baggage);
}

/** A message with an id and a date, as a record of ours has, and the active baggage in its headers. */
function messageThatInherits(): object {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return { uuid: randomUUID(), date: Date.now(), namespace: service, name: "Charged", headers, data };
}
