import type { Draft, ResponseDraft } from "../context/index.js";
import { isReserved } from "../context/index.js";
import { TOPIC_SUFFIXES } from "../gen/constants.js";
import { RECORD_FIELDS } from "../gen/record-fields.js";
import { type Data, EventyError } from "../record/index.js";
import { type DraftContent, OutputDraft } from "./output-draft.js";

/** The topics of a service. */
export interface Topics {
  /** What it emits of its own accord. Default: `<name>-events`. */
  readonly events: string;
  /** What it is asked. Default: `<name>-requests`. */
  readonly requests: string;
  /** What it answers. Default: `<name>-responses`. */
  readonly responses: string;
  /** What it could not handle. Default: `<name>-dead-letters`. */
  readonly deadLetters: string;
}

/** What is not as the name of a service says. */
export interface ServiceOptions {
  readonly topics?: Partial<Topics>;
}

/** What a draft says besides its name. */
export type Content<D = Data> = Omit<Draft<D>, "name">;

/** What the draft of a response says besides its name. */
export type ResponseContent<D = Data> = Omit<ResponseDraft<D>, "name">;

const URN_SYNTAX = RECORD_FIELDS.find((field) => field.name === "namespace")?.creationSyntax;

/**
 * A service: its name, its topics, and the drafts of records that bear its name.
 *
 * It may be this one or another: `payments.request("Charge")` drafts what
 * another service emits to ask payments.
 */
export class Service {
  /** Such as `urn:orders`. */
  readonly urn: string;
  /** Such as `orders`: the URN without `urn:`, with `.` in place of `:`. Topics and the default group are named so. */
  readonly name: string;
  readonly topics: Topics;

  /**
   * @param name Such as `orders`, or its URN `urn:orders`.
   * @throws EventyError INVALID_ARGUMENT if no service can have the name.
   */
  constructor(name: string, options: ServiceOptions = {}) {
    this.urn = name.startsWith("urn:") ? name : `urn:${name}`;
    if (!URN_SYNTAX?.pattern.test(this.urn) || isReserved(this.urn)) {
      throw new EventyError(
        "INVALID_ARGUMENT",
        `${JSON.stringify(name)} cannot be the name of a service: it is ${
          isReserved(this.urn) ? "reserved for the protocol" : `not ${URN_SYNTAX?.meaning}`
        }`,
      );
    }
    this.name = this.urn.slice("urn:".length).replaceAll(":", ".");
    this.topics = Object.freeze({
      events: this.name + TOPIC_SUFFIXES.events,
      requests: this.name + TOPIC_SUFFIXES.requests,
      responses: this.name + TOPIC_SUFFIXES.responses,
      deadLetters: this.name + TOPIC_SUFFIXES.deadLetters,
      ...options.topics,
    });
  }

  /** An event of this service. */
  event<D extends object = Data>(name: string, content?: Content<D>): OutputDraft {
    return new OutputDraft("EVENT", this.urn, this.topics.events, name, content as DraftContent);
  }

  /** A request to this service. */
  request<D extends object = Data>(name: string, content?: Content<D>): OutputDraft {
    return new OutputDraft("REQUEST", this.urn, this.topics.requests, name, content as DraftContent);
  }

  /** A response of this service to the request that is being handled. */
  response<D extends object = Data>(name: string, content?: ResponseContent<D>): OutputDraft {
    return new OutputDraft("RESPONSE", this.urn, this.topics.responses, name, content as DraftContent);
  }
}
