import type { OutputDraft } from "./output-draft.js";

/**
 * The topic of a record: an event and a response go to that of their emitter, a
 * request goes to that of the service that is asked. Each of them is the service that defines the record.
 */
export function topicOf({ type, service }: OutputDraft): string {
  switch (type) {
    case "EVENT":
      return service.topics.events;
    case "REQUEST":
      return service.topics.requests;
    case "RESPONSE":
      return service.topics.responses;
  }
}
