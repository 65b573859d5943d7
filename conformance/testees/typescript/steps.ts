import { setTimeout as sleep } from "node:timers/promises";
import { create } from "@bufbuild/protobuf";
import { type HandlerContext, type HandlerFunction, type OutputDraft, Service } from "@eventy/sdk/processing";
import { EventyError, type EventyRecord } from "@eventy/sdk/record";
import {
  AtGateSchema,
  type Delivery,
  DeliverySchema,
  EffectedSchema,
  type EmitStep,
  type Handler,
  InvokedSchema,
  type Step,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { contentOf } from "./emit.js";
import type { Gates } from "./gates.js";
import { fromNeutralValue } from "./records.js";
import type { Say } from "./serve.js";
import { work } from "./work.js";

/** What handlers of a run have in common. */
export interface Script {
  readonly say: Say;
  readonly gates: Gates;
  /** How often each handler was called with each record in this process. */
  readonly tries: Map<string, number>;
}

/** One call of a handler. */
interface Call {
  readonly record: EventyRecord;
  readonly context: HandlerContext;
  readonly delivery: Delivery;
  /** 1 at the first call with this record in this process. */
  readonly attempt: number;
}

/** A handler that does what its steps say. */
export function follow({ id, steps }: Handler, script: Script): HandlerFunction<EventyRecord> {
  return async function* (record, context) {
    const { topic, partition, offset } = context.position;
    const { uuid } = record;
    const delivery = create(DeliverySchema, {
      handler: id,
      uuid,
      topic,
      partition,
      offset: BigInt(offset),
      idempotencyKey: context.idempotencyKey,
    });
    const attempt = (script.tries.get(`${id} ${uuid}`) ?? 0) + 1;
    script.tries.set(`${id} ${uuid}`, attempt);
    script.say({ case: "invoked", value: create(InvokedSchema, { delivery }) });
    for (const step of steps) {
      if (step.onlyIf !== "" && record.data[step.onlyIf] !== true) continue;
      yield* take(step, { record, context, delivery, attempt }, script);
    }
  };
}

async function* take({ step }: Step, call: Call, script: Script): AsyncGenerator<OutputDraft> {
  const { record, context, delivery, attempt } = call;
  switch (step.case) {
    case "emit":
      yield* emit(step.value, call);
      break;
    case "effect":
      script.say({ case: "effect", value: create(EffectedSchema, { label: step.value.label, delivery }) });
      break;
    case "gate":
      script.say({ case: "gate", value: create(AtGateSchema, { name: step.value.name, delivery }) });
      await script.gates.pass(step.value.name);
      break;
    case "throw":
      if (step.value.times === 0 || attempt <= step.value.times)
        throw new Error(step.value.message || "the handler is told to fail");
      break;
    case "setState": {
      const { state, key, value } = step.value;
      const place = context.state(state);
      if (value === undefined) place.delete(keyOf(key, record));
      else place.set(keyOf(key, record), fromNeutralValue(value));
      break;
    }
    case "addState": {
      const { state, key, delta } = step.value;
      const place = context.state(state);
      const before = (await place.get(keyOf(key, record))) ?? 0;
      place.set(keyOf(key, record), integer(BigInt(before as number | bigint) + delta));
      break;
    }
    case "crash":
      process.kill(process.pid, "SIGKILL");
      break;
    case "hang":
      await untilAborted(context.signal);
      break;
    case "sleepMs":
      await sleep(step.value);
      break;
    case "work": {
      const statement = step.value;
      context.inTransaction<Parameters<typeof work>[0]>((connection) =>
        work(connection, statement, record.uuid),
      );
      break;
    }
    case "changeInput":
      changeInput(record);
      break;
    default:
      throw new EventyError("INVALID_ARGUMENT", "the step is empty, or newer than this testee");
  }
}

function* emit({ draft, times }: EmitStep, { record, context }: Call): Generator<OutputDraft> {
  if (draft === undefined) throw new EventyError("INVALID_ARGUMENT", "the step emits nothing");
  const { service } = context;
  const content = contentOf(draft, service.urn);
  const { n } = record.data;
  for (let i = 0; i < Math.max(times, 1); i++) {
    const data = { ...content.data, ...(n === undefined ? {} : { input: n }), i };
    switch (draft.type) {
      case RecordType.REQUEST:
        yield new Service(draft.target).request(draft.name, { ...content, data });
        break;
      case RecordType.RESPONSE:
        yield service.response(draft.name, { ...content, data });
        break;
      default:
        yield service.event(draft.name, { ...content, data });
    }
  }
}

/** What TypeScript forbids, a user without it may try. */
function changeInput(record: EventyRecord): void {
  try {
    Object.assign(record.data, { changed: true });
  } catch {
    // It is refused, as it must be.
  }
}

function keyOf(key: string, { partitionKey }: EventyRecord): string {
  return key === "" ? (partitionKey ?? "") : key;
}

function integer(value: bigint): number | bigint {
  return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
}
