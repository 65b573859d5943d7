import type { BindingName } from "../cases/binding.js";
import type { BindingHost } from "./host.js";
import { KafkaHost } from "./kafka/kafka.js";
import { MemoryHost } from "./memory.js";
import { PostgresqlHost } from "./postgresql.js";
import { SqliteHost } from "./sqlite.js";

/** Where a run takes place if nobody says so: the first of these that the testee declares. */
const PREFERENCE: readonly BindingName[] = ["sqlite", "memory", "postgresql", "kafka"];

/** The binding that a testee with these capabilities runs on if nobody says otherwise. */
export function defaultBinding(capabilities: ReadonlySet<string>): BindingName | undefined {
  return PREFERENCE.find((name) => capabilities.has(`binding.${name}`));
}

/** What makes the stores of a binding. Nothing is started before the first store. */
export function makeHost(name: BindingName): BindingHost {
  switch (name) {
    case "memory":
      return new MemoryHost();
    case "sqlite":
      return new SqliteHost();
    case "postgresql":
      return new PostgresqlHost();
    case "kafka":
      return new KafkaHost();
  }
}
