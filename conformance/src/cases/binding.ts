import type { MessageInitShape } from "@bufbuild/protobuf";
import type { OpenSchema } from "../gen/proto/eventy/conformance/v1/testee_pb.js";

/** A kind of store that the suite can run an implementation on. */
export type BindingName = "memory" | "sqlite" | "postgresql" | "kafka";

/** All bindings. */
export const BINDINGS: readonly BindingName[] = ["memory", "sqlite", "postgresql", "kafka"];

/** What the bindings are called. */
export const BINDING_TITLES: { readonly [name in BindingName]: string } = {
  memory: "memory",
  sqlite: "SQLite",
  postgresql: "PostgreSQL",
  kafka: "Kafka",
};

/** The store of one case, empty when the case begins. */
export interface Binding {
  readonly name: BindingName;
  /** What `open` is told; a case adds `leaseMs` if that matters. Leads through the proxy if the case needs it. */
  readonly open: MessageInitShape<typeof OpenSchema>;
  /** The same past the proxy, for testees that faults must not reach. */
  readonly openDirect: MessageInitShape<typeof OpenSchema>;
}

/**
 * What a case needs that not every binding has.
 *
 * - `processes`: several testees on one store.
 * - `proxy`: a proxy between testee and server, which `faults` controls.
 * - `server`: a server of its own, which it can kill.
 * - `cluster`: three servers of its own that hold one store, each of which it can kill.
 */
export type Need = "processes" | "proxy" | "server" | "cluster";

/** All needs. */
export const NEEDS: readonly Need[] = ["processes", "proxy", "server", "cluster"];
