import { createHeir } from "../record/create.js";
import {
  type Context,
  type Data,
  type Event,
  EventyError,
  type EventyRecord,
  type RecordInit,
  type RecordType,
  type Request,
  type Response,
  type ResponseInit,
  traits,
} from "../record/index.js";
import { type Inheritance, inherit } from "./inherit.js";
import { checkContext } from "./limits.js";
import { writeOwnPart } from "./own-part.js";
import { currentScope, type Scope } from "./scope.js";

/** What the code that emits says of a record; the rest comes from the scope. */
export interface Draft<D = Data> {
  readonly name: string;
  /** Version of the record's schema (SemVer). Default: `1.0.0`. */
  readonly version?: string | undefined;
  /** Default: empty. */
  readonly data?: D | undefined;
  /**
   * What the service writes into its own part of the context, which all that
   * follows inherits: each key replaces the inherited one, null deletes it. No key begins with `urn:`.
   */
  readonly context?: Data | undefined;
  /** Default: that of the record being handled. Null: any partition. */
  readonly partitionKey?: string | null | undefined;
  /** Only where no record is being handled. Default: a new one, `service:operation:random`. */
  readonly correlationId?: string | undefined;
  /** Default: what the scope gives, or else a random UUID. */
  readonly uuid?: string | undefined;
  /** A Date, or milliseconds since 1970-01-01T00:00:00Z. Default: what the scope's clock says. */
  readonly date?: number | Date | undefined;
}

/** What the code that emits says of an event. */
export type EventDraft<D = Data> = Draft<D>;

/** What the code that emits says of a request. */
export interface RequestDraft<D = Data> extends Draft<D> {
  /** URN of the service that is asked. */
  readonly to: string;
}

/** What the code that emits says of the response to the request being handled. */
export interface ResponseDraft<D = Data> extends Draft<D> {
  /** Default: true. */
  readonly ok?: boolean | undefined;
  /** A 32-bit integer. Default: null. */
  readonly errorCode?: number | null | undefined;
  /** Default: null. */
  readonly errorMessage?: string | null | undefined;
}

/**
 * The event that a service emits: a new record that inherits from the one being handled.
 *
 * @throws EventyError CONTEXT_VIOLATION for what a context forbids, INVALID_RECORD, LIMIT_EXCEEDED.
 */
export function emitEvent<D extends object = Data>(
  draft: EventDraft<D>,
  scope: Scope = givenScope(),
): Event<D> {
  return emit("EVENT", draft, scope, { namespace: scope.service }) as unknown as Event<D>;
}

/**
 * The request that a service emits: a new record that inherits from the one being handled.
 *
 * @throws EventyError CONTEXT_VIOLATION for what a context forbids, INVALID_RECORD, LIMIT_EXCEEDED.
 */
export function emitRequest<D extends object = Data>(
  draft: RequestDraft<D>,
  scope: Scope = givenScope(),
): Request<D> {
  return emit("REQUEST", draft, scope, { namespace: draft.to }) as unknown as Request<D>;
}

/**
 * The response to the request being handled: a new record that inherits from it.
 *
 * @throws EventyError CONTEXT_VIOLATION where no request is being handled, and for
 * what a context forbids; INVALID_RECORD, LIMIT_EXCEEDED.
 */
export function emitResponse<D extends object = Data>(
  draft: ResponseDraft<D>,
  scope: Scope = givenScope(),
): Response<D> {
  if (scope.record?.type !== "REQUEST") {
    throw new EventyError(
      "CONTEXT_VIOLATION",
      "a response answers the request being handled, and there is none",
    );
  }
  return emit("RESPONSE", draft, scope, {
    namespace: scope.service,
    destination: scope.record.source,
    requestUuid: scope.record.uuid,
    ok: draft.ok ?? true,
    errorCode: draft.errorCode ?? null,
    errorMessage: draft.errorMessage ?? null,
  }) as unknown as Response<D>;
}

/** What a draft does not say itself, because the kind of record or the request says it. */
type Envelope = Pick<RecordInit, "namespace"> & Partial<ResponseInit>;

const NOTHING: { readonly context: Context } & Partial<Inheritance> = { context: {} };
const NO_TRAITS = { hasBytes: false, hasWideNumbers: false };

function emit(type: RecordType, draft: Draft<object>, scope: Scope, envelope: Envelope): EventyRecord {
  const { service, instance, record } = scope;
  if (record !== undefined && draft.correlationId !== undefined) {
    throw new EventyError(
      "CONTEXT_VIOLATION",
      "what is emitted while a record is handled has the record's own",
      {
        path: "correlation_id",
      },
    );
  }
  const inherited = record === undefined ? NOTHING : inherit(record);
  const writes = draft.context ?? {};
  const context = writeOwnPart(inherited.context, service, writes);
  const written = Object.keys(writes).length > 0 ? context[service] : undefined;
  const init = {
    namespace: envelope.namespace,
    name: draft.name,
    version: draft.version,
    source: instance === undefined ? service : `${service}:${instance}`,
    uuid: draft.uuid ?? scope.uuidOf?.(`${envelope.namespace}:${draft.name}`),
    correlationId: draft.correlationId ?? inherited.correlationId,
    partitionKey: draft.partitionKey === undefined ? inherited.partitionKey : draft.partitionKey,
    date: draft.date ?? scope.now?.(),
    destination: envelope.destination,
    requestUuid: envelope.requestUuid,
    ok: envelope.ok,
    errorCode: envelope.errorCode,
    errorMessage: envelope.errorMessage,
    context: written === undefined ? undefined : { [service]: written },
    data: draft.data,
  };
  const heritage = { context, traits: record === undefined ? NO_TRAITS : traits(record) };
  const emitted = createHeir(type, init as Parameters<typeof createHeir>[1], heritage);
  checkContext(emitted, scope.limits);
  return emitted;
}

function givenScope(): Scope {
  const scope = currentScope();
  if (scope !== undefined) return scope;
  throw new EventyError(
    "CONTEXT_VIOLATION",
    "it is not known which service emits: call this within runInScope, or give it a scope",
  );
}
