import { randomUUID } from "node:crypto";
import { PROTOCOL_VERSION, type RecordType } from "../gen/constants.js";
import { type LooseFields, readProperties } from "../gen/record-shapes.js";
import { newCorrelationId } from "./correlation.js";
import { FieldChecks } from "./field-checks.js";
import { checkCreation } from "./fields.js";
import {
  assemble,
  type Context,
  type Data,
  type Event,
  type EventyRecord,
  NOTHING,
  type Request,
  type Response,
} from "./record.js";
import type { Traits } from "./seal.js";

/** What a user says of a new record; the rest has defaults. */
export interface RecordInit<D = Data> {
  /** URN of the service that defines the record. */
  readonly namespace: string;
  readonly name: string;
  /** Version of the record's schema (SemVer). Default: `1.0.0`. */
  readonly version?: string;
  /** Default: a random UUID (version 4). */
  readonly uuid?: string;
  /** Default: a new one, `service:operation:random`. */
  readonly correlationId?: string;
  /** Default: null, any partition. */
  readonly partitionKey?: string | null;
  /** A Date, or milliseconds since 1970-01-01T00:00:00Z, rounded down. Default: now. */
  readonly date?: number | Date;
  /** By URN of the service that owns each part. Default: empty. */
  readonly context?: Context;
  /** Default: empty. */
  readonly data?: D;
}

/** What a user says of a new event. */
export interface EventInit<D = Data> extends RecordInit<D> {
  /** URN of the emitter: its service, or that and `:instance`. Default: the namespace. */
  readonly source?: string;
}

/** What a user says of a new request. Its namespace is that of the service that is asked. */
export interface RequestInit<D = Data> extends RecordInit<D> {
  /** URN of the emitter: its service, or that and `:instance`. */
  readonly source: string;
}

/** What a user says of a new response. */
export interface ResponseInit<D = Data> extends EventInit<D> {
  /** The source of the request. */
  readonly destination: string;
  /** The uuid of the request. */
  readonly requestUuid: string;
  /** Default: true. */
  readonly ok?: boolean;
  /** A 32-bit integer. Default: null. */
  readonly errorCode?: number | null;
  /** Default: null. */
  readonly errorMessage?: string | null;
}

/**
 * A new event, an immutable copy of what is given.
 *
 * @throws EventyError INVALID_RECORD or LIMIT_EXCEEDED, with the path.
 */
export function createEvent<D extends object = Data>(init: EventInit<D>): Event<D> {
  return create("EVENT", init) as unknown as Event<D>;
}

/**
 * A new request, an immutable copy of what is given.
 *
 * @throws EventyError INVALID_RECORD or LIMIT_EXCEEDED, with the path.
 */
export function createRequest<D extends object = Data>(init: RequestInit<D>): Request<D> {
  return create("REQUEST", init) as unknown as Request<D>;
}

/**
 * A new response, an immutable copy of what is given.
 *
 * @throws EventyError INVALID_RECORD or LIMIT_EXCEEDED, with the path.
 */
export function createResponse<D extends object = Data>(init: ResponseInit<D>): Response<D> {
  return create("RESPONSE", init) as unknown as Response<D>;
}

type AnyInit = EventInit<object> & Partial<ResponseInit<object>>;

/** Parts of a context that a new record takes over as they are, and what is known of their values. */
export interface Heritage {
  readonly context: Context;
  readonly traits: Traits;
}

/**
 * A new record that takes over parts of a context. For emission.
 *
 * They are immutable already and not copied, and their keys may be any that a
 * reader accepts. The parts in `init.context` replace those of the same key;
 * without any, the given context itself becomes that of the record.
 *
 * @throws EventyError INVALID_RECORD or LIMIT_EXCEEDED, with the path.
 */
export function createHeir(type: RecordType, init: AnyInit, heritage: Heritage): EventyRecord {
  return create(type, init, heritage);
}

function create(type: RecordType, init: AnyInit, heritage?: Heritage): EventyRecord {
  const source = init.source ?? init.namespace;
  const loose: LooseFields = {
    type,
    namespace: init.namespace,
    name: init.name,
    protocolVersion: PROTOCOL_VERSION,
    version: init.version ?? "1.0.0",
    source,
    uuid: init.uuid ?? randomUUID(),
    correlationId: init.correlationId ?? newCorrelationId(source, init.name),
    partitionKey: init.partitionKey ?? null,
    date: Math.floor(Number(init.date ?? Date.now())),
    destination: init.destination,
    requestUuid: init.requestUuid,
    ok: init.ok ?? true,
    errorCode: init.errorCode ?? null,
    errorMessage: init.errorMessage ?? null,
    context: init.context ?? NOTHING,
    data: init.data ?? NOTHING,
  };
  const checks = new FieldChecks("borrowed");
  const fields = readProperties(type, loose, checks);
  checkCreation(fields);
  if (heritage === undefined) return assemble(fields, checks.traits);
  const context = init.context === undefined ? heritage.context : { ...heritage.context, ...fields.context };
  return assemble(
    Object.assign(fields, { context: Object.freeze(context) }),
    merge(checks.traits, heritage.traits),
  );
}

function merge(a: Traits, b: Traits): Traits {
  return { hasBytes: a.hasBytes || b.hasBytes, hasWideNumbers: a.hasWideNumbers || b.hasWideNumbers };
}
