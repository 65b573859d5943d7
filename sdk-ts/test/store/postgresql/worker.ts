// A process that copies records from one topic to another, exactly once, until its standard input ends.
// Arguments: the URL, options of the store as JSON, the group, the topics, and "hold" if it is to wait for SIGCONT in
// each of its transactions.

import { once } from "node:events";
import { PostgresqlStore } from "../../../src/store/postgresql/index.js";
import { copyUntilEnd } from "../processes/copying.js";

const [url = "", options = "{}", group = "", from = "", to = "", hold = ""] = process.argv.slice(2);
const store = new PostgresqlStore({ connectionString: url, ...JSON.parse(options) });
await copyUntilEnd(store, { group, from, to, ...(hold === "hold" && { work: holdOn }) });

/** Holds a transaction open. */
async function holdOn(): Promise<void> {
  // A signal alone keeps no process alive, and its lease does.
  const continued = once(process, "SIGCONT");
  process.stdout.write("holds\n");
  await continued;
}
