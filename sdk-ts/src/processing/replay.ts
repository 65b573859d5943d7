import { EventyError } from "../record/index.js";
import { readDeadLetter } from "./dead-letter.js";
import { type BoundHandler, type Group, groupsOf, type Route, routeOf } from "./groups.js";
import { atLeastOnce, type Handler } from "./handler.js";
import { stop } from "./policy.js";
import type { Service } from "./service.js";

/**
 * The group that handles the dead letters of a service again.
 *
 * Each goes to the handler that it names in the group that it names, or, where it names none, to all of that group
 * that are for the record. It has the identity that it had. A dead letter that has no handler any more stops the group.
 *
 * @throws EventyError as {@link groupsOf} does
 */
export function replayGroup(service: Service, handlers: readonly Handler[]): Group {
  const groups = new Map(groupsOf(service, handlers).map((group) => [group.name, group]));
  const name = `dead-letters:${service.name}`;
  return {
    name,
    topics: [service.topics.deadLetters],
    handlers: Array.from(groups.values(), ({ handlers }) => handlers).flat(),
    hasState: false,
    // It was the service's own when it was given up.
    isForOthers: () => false,
    route(record, stored) {
      const note = readDeadLetter(stored.headers);
      if (note === undefined)
        return refusing(name, "it is no dead letter: its headers do not say where it comes from");
      const group = groups.get(note.group);
      const unknown = `there is no handler ${note.handler ?? ""} in group ${note.group} any more`;
      if (group === undefined) return refusing(name, unknown);
      if (note.handler === null) return group.route(record, stored);
      const handler = group.handlers.find(({ id }) => id === note.handler);
      return handler === undefined ? refusing(name, unknown) : routeOf([handler]);
    },
    originOf: (stored) =>
      readDeadLetter(stored.headers) ?? { position: stored, group: name, headers: stored.headers },
  };
}

/** Nobody can handle it, and it is not left out silently: the group stops there. */
function refusing(group: string, problem: string): Route {
  const refuse: BoundHandler = {
    type: "EVENT",
    from: undefined,
    namespace: "",
    name: "",
    topic: "",
    id: "replay",
    group,
    guarantee: atLeastOnce,
    onError: stop,
    handle: async () => {
      throw new EventyError("INVALID_ARGUMENT", problem);
    },
  };
  return routeOf([refuse]);
}
