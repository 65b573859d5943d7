import type { RecordStore } from "@eventy/sdk/store";
import { PostgresqlStore } from "@eventy/sdk/store/postgresql";
import { Closing } from "../closing.js";
import type { Comparison, Rival } from "../comparison.js";
import { drainContender } from "../store/drain.js";
import { storeParts } from "../store/parts.js";
import type { Suite, SuiteOptions } from "../suite.js";
import { type BareLoops, bareLoops } from "./bare-loop.js";
import { createDatabase } from "./database.js";
import { graphileWorker } from "./graphile-worker.js";
import { pgBoss } from "./pg-boss.js";
import { processes } from "./processes.js";
import { benchServer } from "./server.js";

const partitionsOfProcesses = 12;

/** Gives the URL of an empty database. */
type MakeDatabase = (name: string) => Promise<string>;

/** PostgreSQL against the bare loop on the same tables, and against queues of jobs. */
export async function postgresqlSuite({ quick }: SuiteOptions): Promise<Suite> {
  const closing = new Closing();
  const server = await benchServer();
  closing.add(server.stop);
  const urls = new Map<string, string>();

  async function database(name: string): Promise<string> {
    const { url, drop } = await createDatabase(server.url, name.replaceAll(/\W/g, "_"));
    closing.add(drop);
    urls.set(name, url);
    return url;
  }
  async function connect(url: string): Promise<RecordStore> {
    const store = new PostgresqlStore({ connectionString: url });
    closing.add(() => store.close());
    return store;
  }

  const bare = await bareLoops(await database("bare"));
  closing.add(bare.close);
  const parts = await storeParts({
    open: async (label) => connect(await database(label)),
    outside: (label) => connect(urls.get(label) ?? ""),
    rivals: await rivals(bare, database, closing),
    bareAppend: bare.append,
    latencyLimit: 25,
    quick,
  });
  const several = await severalProcesses(await database("processes"), connect, closing);
  return { parts: [...parts, several], effort: { rounds: 7, turn: 400 }, close: () => closing.close() };
}

/** Targets are for those that do as much as ours: each record has one output. Jobs that do nothing are shown beside. */
async function rivals(bare: BareLoops, database: MakeDatabase, closing: Closing): Promise<Rival[]> {
  const worker = await graphileWorker(await database("graphile_worker"));
  closing.add(worker.close);
  const boss = await pgBoss(await database("pg_boss"));
  closing.add(boss.close);
  return [
    { contender: drainContender(bare.exactlyOnce), target: 0.5 },
    { contender: drainContender(bare.byHand) },
    { contender: drainContender(worker.writing), target: 2 },
    { contender: drainContender(worker.idle) },
    { contender: drainContender(boss.writing), target: 3 },
    { contender: drainContender(boss.idle) },
  ];
}

async function severalProcesses(
  url: string,
  connect: (url: string) => Promise<RecordStore>,
  closing: Closing,
): Promise<Comparison> {
  const store = await connect(url);
  const [one, three] = await Promise.all(
    [1, 3].map((count) => processes(store, url, { count, partitions: partitionsOfProcesses })),
  );
  if (one === undefined || three === undefined) throw new Error("two were made");
  closing.add(() => Promise.all([one.stop(), three.stop()]).then(() => undefined));
  return {
    title: `Exactly once, several processes share ${partitionsOfProcesses} partitions`,
    ours: drainContender(three),
    rivals: [{ contender: drainContender(one) }],
  };
}
