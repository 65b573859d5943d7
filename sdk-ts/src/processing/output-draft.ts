import type { RequestDraft, ResponseDraft } from "../context/index.js";
import type { Data, RecordType } from "../record/index.js";

/** What a draft says besides its name, of any type of record. */
export type DraftContent = Omit<ResponseDraft<Data>, "name">;

const NOTHING: DraftContent = {};

/**
 * A record that is to be emitted. What it does not say (identity, date, and
 * what it inherits) is added when a handler has yielded it.
 *
 * Made by a service: `orders.event("OrderPlaced", { data })`.
 */
export class OutputDraft implements RequestDraft, ResponseDraft {
  readonly type: RecordType;
  /** URN of the service that defines the record: its emitter, or the one that is asked. */
  readonly to: string;
  /** Where it goes. */
  readonly topic: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly data: Data | undefined;
  readonly context: Data | undefined;
  readonly partitionKey: string | null | undefined;
  readonly correlationId: string | undefined;
  readonly uuid: string | undefined;
  readonly date: number | Date | undefined;
  readonly ok: boolean | undefined;
  readonly errorCode: number | null | undefined;
  readonly errorMessage: string | null | undefined;

  constructor(type: RecordType, to: string, topic: string, name: string, content: DraftContent = NOTHING) {
    this.type = type;
    this.to = to;
    this.topic = topic;
    this.name = name;
    this.version = content.version;
    this.data = content.data;
    this.context = content.context;
    this.partitionKey = content.partitionKey;
    this.correlationId = content.correlationId;
    this.uuid = content.uuid;
    this.date = content.date;
    this.ok = content.ok;
    this.errorCode = content.errorCode;
    this.errorMessage = content.errorMessage;
  }
}
