// A handler that changes tables of its own, exactly once for each record: its statements are done in the transaction
// that acknowledges the record, in the same database.
//
//     node exactly-once-into-postgresql.js postgresql://user@host/database

import { App, exactlyOnce, onEvent, Service } from "@eventy/sdk/processing";
import { type PostgresqlConnection, PostgresqlStore } from "@eventy/sdk/store/postgresql";
import pg from "pg";

const connectionString = process.argv[2] ?? "";
const bank = new Service("bank");

const deposited = onEvent<{ account: string; cents: number }>(
  bank,
  "Deposited",
  exactlyOnce,
  async ({ data: { account, cents } }, { inTransaction }) => {
    inTransaction<PostgresqlConnection>(async (connection) => {
      await connection.query(
        `INSERT INTO balance VALUES ($1, $2)
          ON CONFLICT (account) DO UPDATE SET cents = balance.cents + excluded.cents`,
        [account, cents],
      );
    });
  },
);

const client = new pg.Client(connectionString);
await client.connect();
await client.query("CREATE TABLE IF NOT EXISTS balance (account text PRIMARY KEY, cents integer NOT NULL)");

const store = new PostgresqlStore({ connectionString, leaseMs: 2000 });
const app = new App({ service: bank, store, handlers: [deposited], createTopics: { partitions: 2 } });
const deposits = Array.from({ length: 100 }, (_, n) =>
  bank.event("Deposited", { data: { account: n % 2 === 0 ? "ann" : "bob", cents: 1 } }),
);
await app.emit(...deposits);
console.log("deposited");
await app.runToEnd();
await store.close();

const { rows } = await client.query("SELECT account, cents FROM balance ORDER BY account");
for (const { account, cents } of rows) console.log(`${account} has ${cents} cents`);
await client.end();
