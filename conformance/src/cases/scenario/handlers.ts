import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  Guarantee,
  type Handler,
  HandlerSchema,
  type StepSchema,
} from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { SOURCE } from "./ticks.js";

/** The three guarantees by the names that ids of cases have. */
export const GUARANTEES: { readonly alo: Guarantee; readonly amo: Guarantee; readonly eos: Guarantee } = {
  alo: Guarantee.AT_LEAST_ONCE,
  amo: Guarantee.AT_MOST_ONCE,
  eos: Guarantee.EXACTLY_ONCE,
};

/** A guarantee in an id. */
export type GuaranteeName = keyof typeof GUARANTEES;

/** One thing that a handler does. */
export type StepInit = Exclude<MessageInitShape<typeof StepSchema>, { $typeName: string }>;

/** What of a handler a case may set: `id` is `h`, and it is for ticks, unless it says otherwise. */
export interface HandlerChanges extends Omit<Partial<Handler>, "steps" | "$typeName"> {
  readonly steps?: readonly StepInit[];
}

/** A handler of ticks. By default it emits one event. At its end it has the effect `end`. */
export function handler(guarantee: GuaranteeName, changes: HandlerChanges = {}): Handler {
  const { id = "h", steps, ...rest } = changes;
  return create(HandlerSchema, {
    id,
    type: RecordType.EVENT,
    namespace: SOURCE,
    name: "Tick",
    guarantee: GUARANTEES[guarantee],
    ...rest,
    steps: [...(steps ?? [emit(outputName(id))]), effect("end")],
  });
}

/** The name of the records that a handler emits: each has its own, by which its outputs are known. */
function outputName(id: string): string {
  return `Of-${id}`;
}

/** What an emitted record is: an event with the key of the input, unless it says otherwise. */
export interface Emission {
  readonly type?: RecordType;
  readonly target?: string;
  readonly key?: string;
  /** How many. Default: one. */
  readonly times?: number;
}

/** Emit records. */
export function emit(
  name: string,
  { type = RecordType.EVENT, target = "", key, times = 0 }: Emission = {},
): StepInit {
  const partition = key === undefined ? {} : { partition: { case: "partitionKey", value: key } as const };
  const draft = { type, name, target, data: { entries: [] }, ...partition };
  return { step: { case: "emit", value: { draft, times } } };
}

/** Have an effect in the outside world. */
export function effect(label: string): StepInit {
  return { step: { case: "effect", value: { label } } };
}

/** Wait at a gate. */
export function gate(name: string): StepInit {
  return { step: { case: "gate", value: { name } } };
}

/** Fail at the first so many tries, or always. */
export function fail(times = 0, message = ""): StepInit {
  return { step: { case: "throw", value: { times, message } } };
}

/** Add to the number that a state `sum` has under the record's key. */
export function add(delta = 1): StepInit {
  return { step: { case: "addState", value: { state: "sum", delta: BigInt(delta) } } };
}

/** Wait. */
export function sleep(sleepMs: number): StepInit {
  return { step: { case: "sleepMs", value: sleepMs } };
}

/** End the process. */
export const CRASH: StepInit = { step: { case: "crash", value: {} } };

/** Wait for ever, or until the run is to end. */
export const HANG: StepInit = { step: { case: "hang", value: {} } };

/** Only for records with this flag. */
export function only(flag: string, step: StepInit): StepInit {
  return { ...step, onlyIf: flag };
}
