import type { Data, Event, EventyRecord, RecordType, Request, Response } from "../record/index.js";
import { EventyError } from "../record/index.js";
import { isDuration, LONGEST_MS } from "./duration.js";
import type { HandlerContext } from "./handler-context.js";
import type { OutputDraft } from "./output-draft.js";
import { type ErrorPolicy, stop } from "./policy.js";
import type { Service } from "./service.js";

/** How often a record counts if processes, connections and servers fail. */
export type Guarantee = "at-least-once" | "at-most-once" | "exactly-once";

/** The handler finishes for each record; after a failure it may be called again, and its outputs may be there twice. */
export const atLeastOnce: Guarantee = "at-least-once";
/** The handler is never called twice for a record; after a failure it may not have been called at all. */
export const atMostOnce: Guarantee = "at-most-once";
/** Outputs and state change once for each record. The handler itself may be called again after a failure. */
export const exactlyOnce: Guarantee = "exactly-once";

/** What a handler gives: drafts of what it emits, one by one or at once, or nothing. */
export type Outputs =
  | AsyncIterable<OutputDraft>
  | Iterable<OutputDraft>
  // biome-ignore lint/suspicious/noConfusingVoidType: an async function that returns nothing gives it.
  | Promise<Iterable<OutputDraft> | void>;

/** Handles one record. An async generator, mostly, that yields what it emits. */
export type HandlerFunction<R> = (record: R, context: HandlerContext) => Outputs;

/** What may be said of any handler. */
export interface HandlerOptions {
  /**
   * Its name, unique in its group. Uuids of outputs are made of it: another name makes other records when a
   * record is handled again. Default: made of what it handles, and of the guarantee.
   */
  readonly id?: string;
  /** Handlers of one group share a cursor, and wait for one another. Default: the name of the service. */
  readonly group?: string;
  /** Default: `stop`. */
  readonly onError?: ErrorPolicy;
  /**
   * Milliseconds after which the handler has failed, and nothing counts that it does afterwards. Default: it may take
   * any time.
   */
  readonly timeoutMs?: number;
}

/** A function and the records that it is called for. */
export interface Handler extends HandlerOptions {
  readonly type: RecordType;
  /** The service that defines the records; undefined: the one that runs the handler. */
  readonly from: Service | undefined;
  /** Name of the records. */
  readonly name: string;
  readonly guarantee: Guarantee;
  readonly onError: ErrorPolicy;
  readonly handle: HandlerFunction<EventyRecord>;
}

/** Handles the events of that name of a service, which may be the handler's own. */
export function onEvent<D extends object = Data>(
  from: Service,
  name: string,
  guarantee: Guarantee,
  handle: HandlerFunction<Event<D>>,
  options: HandlerOptions = {},
): Handler {
  return handler("EVENT", from, name, guarantee, handle as HandlerFunction<never>, options);
}

/** Handles the requests of that name to the service itself. */
export function onRequest<D extends object = Data>(
  name: string,
  guarantee: Guarantee,
  handle: HandlerFunction<Request<D>>,
  options: HandlerOptions = {},
): Handler {
  return handler("REQUEST", undefined, name, guarantee, handle as HandlerFunction<never>, options);
}

/** Handles the responses of that name that another service gives to the handler's own. */
export function onResponse<D extends object = Data>(
  from: Service,
  name: string,
  guarantee: Guarantee,
  handle: HandlerFunction<Response<D>>,
  options: HandlerOptions = {},
): Handler {
  return handler("RESPONSE", from, name, guarantee, handle as HandlerFunction<never>, options);
}

/** @throws EventyError INVALID_ARGUMENT if an at-most-once handler is to be called again, or for a time out of range. */
function handler(
  type: RecordType,
  from: Service | undefined,
  name: string,
  guarantee: Guarantee,
  handle: HandlerFunction<never>,
  options: HandlerOptions,
): Handler {
  const { onError = stop, timeoutMs } = options;
  if (guarantee === atMostOnce && typeof onError === "object") {
    throw new EventyError("INVALID_ARGUMENT", `${name}: what is called at most once is not called again`);
  }
  if (timeoutMs !== undefined && !isDuration(timeoutMs)) {
    throw new EventyError("INVALID_ARGUMENT", `${name}: timeoutMs is not between 0 and ${LONGEST_MS}`);
  }
  return {
    ...options,
    type,
    from,
    name,
    guarantee,
    onError,
    handle: handle as HandlerFunction<EventyRecord>,
  };
}
