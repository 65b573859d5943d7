import { EventyError } from "../../record/index.js";
import type { Partitioner } from "../partitioner.js";
import { type CreateClient, clientsOfPg } from "./client.js";
import type { Host } from "./host.js";
import { Leases } from "./leases.js";
import { migrate } from "./migrate.js";
import { Pool } from "./pool.js";
import { Reader } from "./reader.js";
import { Session } from "./session.js";
import type { Settings } from "./settings.js";
import { Signals } from "./signals.js";
import { Slot } from "./slot.js";
import { type Run, Topics } from "./topics.js";

/** Makes the parts of a store. Connections are opened when they are needed. @param closed aborted when it is closed */
export function connect(settings: Settings, partitioner: Partitioner | undefined, closed: AbortSignal): Host {
  const { maxConnections, statementTimeoutMs, leaseMs, pollMs, schema } = settings;
  let clients: CreateClient | undefined = settings.createClient;
  let migrated = false;

  async function open(timeoutMs: number): Promise<Session> {
    if (closed.aborted) throw new EventyError("STORE_FAILED", "The store is closed.");
    clients ??= await clientsOfPg();
    const session = await Session.open(clients, settings, timeoutMs);
    // Nobody gets a connection before the tables are there; several that find none wait for each other.
    if (!migrated) await migrate(session, schema);
    migrated = true;
    return session;
  }

  const pool = new Pool(maxConnections, () => open(statementTimeoutMs));
  const run = readTwice(pool);
  const topics = new Topics(run, partitioner);
  // A renewal that takes longer than the time between two is of no use.
  const leases = new Leases(new Slot(() => open(Math.ceil(leaseMs / 3))), leaseMs);
  const signals = new Signals(new Slot(() => open(statementTimeoutMs)), pollMs);
  return { settings, pool, run, topics, reader: new Reader(run, topics), signals, leases, closed };
}

/** Runs jobs that may be run twice: on another connection, if theirs was lost meanwhile. */
function readTwice(pool: Pool): Run {
  return async (job) => {
    let used: Session | undefined;
    const attempt = () =>
      pool.use((session) => {
        used = session;
        return job(session);
      });
    try {
      return await attempt();
    } catch (error) {
      if (used?.lost.aborted !== true) throw error;
      return attempt();
    }
  };
}
