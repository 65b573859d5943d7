import { randomUUID } from "node:crypto";
import {
  checkContext,
  currentScope,
  emitEvent,
  type Inheritance,
  inherit,
  runInScope,
} from "@eventy/sdk/context";
import { type Baggage, context, propagation, ROOT_CONTEXT } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CBaggagePropagator } from "@opentelemetry/core";
import type { Comparison } from "./comparison.js";
import { contender } from "./measure.js";
import { cycle, records } from "./payload.js";
import type { Suite } from "./suite.js";

const service = "urn:payments";
const data = { order: 104_200, cents: 8735 };

/** What the contexts of the records hold, as baggage that is there already, as the records are. */
const baggages = records.map(({ correlationId, partitionKey }) =>
  propagation.createBaggage({
    "orders.order": { value: partitionKey ?? "" },
    "eventy.correlation_id": { value: correlationId },
  }),
);

/** A context scope and what is emitted in it, against OpenTelemetry's context with baggage of the same facts. */
export function contextSuite(): Suite {
  const contexts = new AsyncLocalStorageContextManager();
  context.setGlobalContextManager(contexts.enable());
  propagation.setGlobalPropagator(new W3CBaggagePropagator());
  return {
    parts: [open(), stamp(), emit()],
    close: async () => {
      contexts.disable();
    },
  };
}

/** Nothing but the scope. */
function open(): Comparison {
  const [nextRecord, nextBaggage] = [cycle(records), cycle(baggages)];
  return {
    title: "Context: open a scope and look at it",
    ours: contender("eventy", () => runInScope({ service, record: nextRecord() }, currentScope)),
    rivals: [
      {
        contender: contender("OpenTelemetry context.with baggage", () =>
          context.with(propagation.setBaggage(ROOT_CONTEXT, nextBaggage()), activeBaggage),
        ),
        target: 1,
      },
    ],
  };
}

/** What an output gets from the input, within the limits, against the headers of an outgoing message. */
function stamp(): Comparison {
  const [nextRecord, nextBaggage] = [cycle(records), cycle(baggages)];
  return {
    title: "Context: open a scope and stamp one output",
    ours: contender("eventy", () => runInScope({ service, record: nextRecord() }, inheritance)),
    rivals: [
      {
        contender: contender("OpenTelemetry context.with baggage, to headers", () =>
          context.with(propagation.setBaggage(ROOT_CONTEXT, nextBaggage()), headersThatInherit),
        ),
        target: 1,
      },
    ],
  };
}

/** The whole way to an output: a validated immutable record, against a plain object. */
function emit(): Comparison {
  const [nextRecord, nextBaggage] = [cycle(records), cycle(baggages)];
  return {
    title: "Context: open a scope and emit one record",
    ours: contender("eventy", () =>
      runInScope({ service, record: nextRecord() }, () => emitEvent({ name: "Charged", data })),
    ),
    rivals: [
      {
        contender: contender("OpenTelemetry context.with baggage, a plain message", () =>
          context.with(propagation.setBaggage(ROOT_CONTEXT, nextBaggage()), messageThatInherits),
        ),
        target: 1,
      },
    ],
  };
}

function activeBaggage(): Baggage | undefined {
  return propagation.getActiveBaggage();
}

/** As emitting does, it keeps the limits of the context. */
function inheritance(): Inheritance | undefined {
  const record = currentScope()?.record;
  if (record === undefined) return undefined;
  checkContext(record);
  return inherit(record);
}

function headersThatInherit(): object {
  const headers: Record<string, string> = {};
  propagation.inject(context.active(), headers);
  return headers;
}

/** A message with an id and a date, as a record of ours has, and the active baggage in its headers. */
function messageThatInherits(): object {
  const headers = headersThatInherit();
  return { uuid: randomUUID(), date: Date.now(), namespace: service, name: "Charged", headers, data };
}
