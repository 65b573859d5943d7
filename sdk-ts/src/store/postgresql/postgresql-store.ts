import type { Batch, FetchLimit } from "../batch.js";
import { checkStart } from "../check-start.js";
import { fetchLimit } from "../fetch-limit.js";
import type { Member, MemberOptions } from "../member.js";
import { OpenMembers } from "../open-members.js";
import type { Bounds, RecordStore } from "../record-store.js";
import { checkText } from "../sql/check-text.js";
import type { NewRecord, Position, TopicPartition } from "../stored-record.js";
import { Append } from "./append.js";
import { connect } from "./connect.js";
import { outcomeUnknown } from "./errors.js";
import type { Host } from "./host.js";
import { PostgresqlMember } from "./postgresql-member.js";
import { repeated } from "./repeat.js";
import type { Session } from "./session.js";
import { type PostgresqlStoreOptions, settingsOf } from "./settings.js";
import { shared } from "./statements/statement.js";
import { transaction } from "./transaction.js";

/**
 * A store in a PostgreSQL database, version 14 or later, for as many processes as there are.
 *
 * It has the tables of the SQL binding, and makes them when it is used first. Members share the partitions of a group
 * and take over from those that are not heard of for a while. The work of a transaction is given a
 * {@link PostgresqlConnection}, so that it can change tables of the user in the same transaction.
 *
 * Needs the package `pg`, unless `createClient` is given. Nothing is connected before it is used. Its connections have
 * to be sessions of their own: nothing in between may share them out by transaction.
 */
export class PostgresqlStore implements RecordStore {
  readonly #host: Host;
  readonly #members = new OpenMembers();
  readonly #end = new AbortController();
  #closing: Promise<void> | undefined;

  /** @throws EventyError INVALID_ARGUMENT if an option is not one that is allowed */
  constructor(options: PostgresqlStoreOptions = {}) {
    this.#host = connect(settingsOf(options), options.partitioner, this.#end.signal);
  }

  async createTopic(topic: string, partitions: number): Promise<void> {
    await this.#host.topics.create(topic, partitions);
  }

  async partitionsOf(topic: string): Promise<number> {
    return (await this.#host.topics.get(topic)).partitions;
  }

  async append(records: readonly NewRecord[]): Promise<readonly Position[]> {
    const append = new Append(records, await this.#host.topics.place(records));
    await repeated(() => this.#host.pool.use((session) => run(append, session)));
    this.#host.signals.tellRecords(append.names);
    return append.positions;
  }

  async read(partition: TopicPartition, offset: number, limit?: FetchLimit): Promise<Batch> {
    return this.#host.reader.read(partition, offset, fetchLimit(limit));
  }

  async bounds(partition: TopicPartition): Promise<Bounds> {
    return this.#host.reader.bounds(partition);
  }

  async offsetAt(partition: TopicPartition, date: Date): Promise<number> {
    return this.#host.reader.offsetAt(partition, date);
  }

  async acknowledged(group: string, partition: TopicPartition): Promise<number | null> {
    const values = [group, ...(await this.#host.topics.keyOf(partition))];
    const [row] = await this.#host.run((session) =>
      session.query<{ acknowledged: string }>(shared("acknowledged", values)),
    );
    return row === undefined ? null : Number(row.acknowledged);
  }

  async join(options: MemberOptions): Promise<Member> {
    const { group, topics, start } = options;
    checkText("The name of a group", group);
    for (const topic of topics) {
      const { partitions } = await this.#host.topics.get(topic);
      checkStart(topic, partitions, start);
    }
    return this.#members.join((hasLeft) => new PostgresqlMember(this.#host, options, hasLeft));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#members.close();
    await this.#host.leases.close();
    await this.#host.signals.close();
    this.#end.abort();
    await this.#host.pool.close();
  }
}

async function run(append: Append, session: Session): Promise<void> {
  if (!append.isOne) return transaction(session, () => append.run(session));
  try {
    return await append.run(session);
  } catch (error) {
    throw session.lost.aborted ? outcomeUnknown(session.where, error) : error;
  }
}
