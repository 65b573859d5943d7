import type { StateChange } from "../claim.js";
import type { Lease } from "../local/log.js";
import { checkText } from "../sql/check-text.js";
import type { Connection, Statement } from "./connection.js";
import { sql } from "./sql.js";
import type { TopicTable } from "./topic-table.js";

/** `eventy_state`: the partitioned states of groups. */
export class StateTable {
  readonly #topics: TopicTable;
  readonly #get: Statement;
  readonly #set: Statement;
  readonly #remove: Statement;

  constructor(connection: Connection, topics: TopicTable) {
    this.#topics = topics;
    this.#get = connection.prepare(sql("state"));
    this.#set = connection.prepare(sql("setState"));
    this.#remove = connection.prepare(sql("removeState"));
  }

  get(lease: Lease, state: string, key: string): Uint8Array | null {
    const [row] = this.#get.all([lease.group, ...this.#topics.keyOf(lease), state, key]);
    return row === undefined ? null : (row[0] as Uint8Array);
  }

  change(lease: Lease, { state, key, value }: StateChange): void {
    checkText("The name of a state", state);
    checkText("The key of a state", key);
    const place = [lease.group, ...this.#topics.keyOf(lease), state, key];
    if (value === null) this.#remove.run(place);
    else this.#set.run([...place, value]);
  }
}
