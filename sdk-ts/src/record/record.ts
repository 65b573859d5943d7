import { type AnyFields, copyShape, type LooseFields } from "../gen/record-shapes.js";
import type { Data, EventFields, RequestFields, ResponseFields } from "../gen/record-types.js";
import type { Traits } from "./seal.js";

export type { Context, Data, Value } from "../gen/record-types.js";

/** What every record has besides its fields. */
export interface RecordExtras {
  /** `namespace:name`, the name of the record's schema among all services. */
  readonly qualifiedName: string;
  /** Top-level fields that this version of the protocol does not know; never written in JSON or Avro. */
  readonly unknownFields: Data;
}

/** Something happened. */
export type Event<D = Data> = EventFields<D> & RecordExtras;

/** Something is asked of a service. */
export type Request<D = Data> = RequestFields<D> & RecordExtras;

/** The answer to a request. */
export type Response<D = Data> = ResponseFields<D> & RecordExtras;

/** A persisted message: an event, a request or a response. Immutable, in depth. */
export type EventyRecord<D = Data> = Event<D> | Request<D> | Response<D>;

/** A map without entries. */
export const NOTHING: Data = Object.freeze({});

class RecordObject {
  readonly #traits: Traits;
  readonly #unknownFields: Data;

  constructor(fields: AnyFields, traits: Traits, unknownFields: Data) {
    this.#traits = traits;
    this.#unknownFields = unknownFields;
    copyShape(fields, this as unknown as LooseFields);
    Object.freeze(this);
  }

  get qualifiedName(): string {
    const { namespace, name } = this as unknown as AnyFields;
    return `${namespace}:${name}`;
  }

  get unknownFields(): Data {
    return this.#unknownFields;
  }

  static traits(record: RecordObject): Traits {
    return record.#traits;
  }
}

/** A record of fields that were checked and are immutable. */
export function assemble(fields: AnyFields, traits: Traits, unknownFields: Data = NOTHING): EventyRecord {
  return new RecordObject(fields, traits, unknownFields) as unknown as EventyRecord;
}

/** True for what a `create…` function or a codec has made; false for a copy, such as one made with `{...record}`. */
export function isRecord(value: unknown): value is EventyRecord {
  return value instanceof RecordObject;
}

/** What encoders need to know of a record's values. For authors of codecs. */
export function traits(record: EventyRecord): Traits {
  return RecordObject.traits(record as unknown as RecordObject);
}
