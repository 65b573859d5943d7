import type { ResponseDraft } from "../context/index.js";
import type { RecordType } from "../record/index.js";
import type { Service } from "./service.js";

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
  readonly content: ResponseDraft;

  constructor(type: RecordType, service: Service, content: ResponseDraft) {
    this.type = type;
    this.service = service;
    this.content = content;
  }
}
