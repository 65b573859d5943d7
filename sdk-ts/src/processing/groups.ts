import { HEADER_NAMES } from "../gen/constants.js";
import { EventyError, type EventyRecord, type RecordType } from "../record/index.js";
import type { StoredRecord } from "../store/index.js";
import { atLeastOnce, atMostOnce, exactlyOnce, type Handler } from "./handler.js";
import type { Origin } from "./origin.js";
import type { Service } from "./service.js";

/** A handler of a service, with everything settled that has a default. */
export interface BoundHandler extends Handler {
  readonly id: string;
  readonly group: string;
  /** URN of the service that defines the records. */
  readonly namespace: string;
  /** Where they are read from. */
  readonly topic: string;
}

/** The handlers that want a record, by the phase in which they are called. */
export interface Route {
  readonly atLeastOnce: readonly BoundHandler[];
  readonly exactlyOnce: readonly BoundHandler[];
  readonly atMostOnce: readonly BoundHandler[];
}

/** Handlers that share a cursor. */
export interface Group {
  readonly name: string;
  readonly topics: readonly string[];
  readonly handlers: readonly BoundHandler[];
  /** Whether the partitioned state of its handlers is that of the partition at hand. */
  readonly hasState: boolean;
  /** Whether the headers of a record say that it is a response to another service, which need not be decoded. */
  isForOthers(stored: StoredRecord): boolean;
  /** The handlers that want a record. */
  route(record: EventyRecord, stored: StoredRecord): Route;
  /** Where a record comes from. */
  originOf(stored: StoredRecord): Origin;
}

/** Nobody wants the record. */
export const NOBODY: Route = { atLeastOnce: [], exactlyOnce: [], atMostOnce: [] };

/** A route by the guarantees of the handlers, which keep their order. */
export function routeOf(handlers: readonly BoundHandler[]): Route {
  return {
    atLeastOnce: handlers.filter((handler) => handler.guarantee === atLeastOnce),
    exactlyOnce: handlers.filter((handler) => handler.guarantee === exactlyOnce),
    atMostOnce: handlers.filter((handler) => handler.guarantee === atMostOnce),
  };
}

/**
 * The groups of the handlers of a service.
 *
 * @throws EventyError INVALID_ARGUMENT if two of one group have the same id.
 */
export function groupsOf(service: Service, handlers: readonly Handler[]): readonly Group[] {
  const groups = new Map<string, BoundHandler[]>();
  for (const handler of handlers.map((handler) => bind(service, handler))) {
    const members = groups.get(handler.group) ?? [];
    if (members.some(({ id }) => id === handler.id)) {
      throw new EventyError(
        "INVALID_ARGUMENT",
        `two handlers of group ${handler.group} have the id ${handler.id}: give one of them another`,
      );
    }
    groups.set(handler.group, [...members, handler]);
  }
  return Array.from(groups, ([name, members]) => group(service, name, members));
}

function bind(service: Service, handler: Handler): BoundHandler {
  const { type, from = service, name, guarantee } = handler;
  const topics = {
    EVENT: from.topics.events,
    REQUEST: from.topics.requests,
    RESPONSE: from.topics.responses,
  };
  return {
    ...handler,
    namespace: from.urn,
    topic: topics[type],
    id: handler.id ?? `${type.toLowerCase()}:${from.urn}:${name}:${guarantee}`,
    group: handler.group ?? service.name,
  };
}

function group(service: Service, name: string, handlers: readonly BoundHandler[]): Group {
  const byKind = new Map<string, BoundHandler[]>();
  for (const handler of handlers) {
    const kind = kindOf(handler.type, `${handler.namespace}:${handler.name}`);
    byKind.set(kind, [...(byKind.get(kind) ?? []), handler]);
  }
  const routes = new Map(Array.from(byKind, ([kind, wanting]) => [kind, routeOf(wanting)]));
  const notOnlyResponses = new Set(
    handlers.filter(({ type }) => type !== "RESPONSE").map(({ topic }) => topic),
  );
  return {
    name,
    topics: [...new Set(handlers.map(({ topic }) => topic))],
    handlers,
    hasState: true,
    originOf: (stored) => ({ position: stored, group: name, headers: stored.headers }),
    isForOthers({ topic, headers }) {
      const destination = headers[HEADER_NAMES.destination];
      return destination !== undefined && !isFor(service, destination) && !notOnlyResponses.has(topic);
    },
    route(record) {
      if (record.type === "RESPONSE" && !isFor(service, record.destination)) return NOBODY;
      return routes.get(kindOf(record.type, record.qualifiedName)) ?? NOBODY;
    },
  };
}

function kindOf(type: RecordType, qualifiedName: string): string {
  return `${type} ${qualifiedName}`;
}

/** Whether a response goes to the service, or to one of its instances. */
function isFor({ urn }: Service, destination: string): boolean {
  return (
    destination.startsWith(urn) && (destination.length === urn.length || destination[urn.length] === ":")
  );
}
