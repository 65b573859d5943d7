import { App, type AppOptions } from "@eventy/sdk/processing";
import { EventyError } from "@eventy/sdk/record";
import type { RecordStore } from "@eventy/sdk/store";
import { KafkaStore } from "@eventy/sdk/store/kafka";
import { MemoryStore } from "@eventy/sdk/store/memory";
import { PostgresqlStore } from "@eventy/sdk/store/postgresql";
import { SqliteStore } from "@eventy/sdk/store/sqlite";
import { Binding, type Open } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { handlersOf } from "./handlers.js";

/** What runs a service. */
export type RunningApp = Pick<App, "run" | "runToEnd" | "replayDeadLetters">;

/** What stores and runs are made of; a mutant has others. */
export interface Parts {
  openStore(open: Open): Promise<RecordStore>;
  makeHandlers: typeof handlersOf;
  makeApp(options: AppOptions): RunningApp;
}

/** The parts of the SDK. */
export const sdkParts: Parts = {
  async openStore({ binding, location, leaseMs }) {
    switch (binding) {
      case Binding.MEMORY:
        return new MemoryStore();
      case Binding.SQLITE:
        return new SqliteStore(location);
      case Binding.POSTGRESQL:
        return new PostgresqlStore({ connectionString: location, ...(leaseMs === 0 ? {} : { leaseMs }) });
      case Binding.KAFKA:
        return new KafkaStore({
          brokers: location.split(","),
          ...(leaseMs === 0 ? {} : { sessionTimeoutMs: leaseMs }),
        });
      default:
        throw new EventyError("INVALID_ARGUMENT", `there is no store for the binding ${Binding[binding]}`);
    }
  },
  makeHandlers: handlersOf,
  makeApp: (options) => new App(options),
};
