import type { ResponseDraft } from "../context/index.js";
import type { Data, RecordType } from "../record/index.js";
import type { Service } from "./service.js";

/** What a draft says besides its name, of any type of record. */
export type DraftContent = Omit<ResponseDraft<Data>, "name">;

/**
 * A record that is to be emitted. What it does not say (identity, date, and
 * what it inherits) is added when a handler has yielded it.
 *
 * Made by {@link Service}: `orders.event("OrderPlaced", { data })`.
 */
export class OutputDraft {
  readonly type: RecordType;
  /** The service that defines the record. */
  readonly service: Service;
  readonly name: string;
  readonly content: DraftContent;

  constructor(type: RecordType, service: Service, name: string, content: DraftContent = {}) {
    this.type = type;
    this.service = service;
    this.name = name;
    this.content = content;
  }
}
