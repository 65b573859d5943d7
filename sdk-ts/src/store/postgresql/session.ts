import { EventyError } from "../../record/index.js";
import { within } from "../waiting/deadline.js";
import type { CreateClient, PostgresqlClient, PostgresqlResult, PostgresqlStatement } from "./client.js";
import { connectError, endsConnection, sqlState, statementError, unavailable } from "./errors.js";
import type { Settings } from "./settings.js";
import { SET_UP } from "./statements/connection.js";

/** How long a server may take to let someone in, and to say goodbye, in milliseconds. */
const CONNECT_MS = 5000;
const CLOSE_MS = 1000;
/** Longer than the server may take by its own limit: only a connection that is dead is later. */
const DEADLINE = 1.5;

/** One connection. Statements are run one after the other; the caller sees to that. */
export class Session {
  /** Names the database in errors, and no secret. */
  readonly where: string;
  /** Aborted when the connection is gone. */
  readonly lost: AbortSignal;
  readonly #client: PostgresqlClient;
  readonly #deadlineMs: number;
  readonly #end: AbortController;

  private constructor(client: PostgresqlClient, timeoutMs: number) {
    this.#client = client;
    this.#deadlineMs = timeoutMs * DEADLINE;
    this.#end = new AbortController();
    this.lost = this.#end.signal;
    const { host = "", port = "", database = "" } = client;
    this.where = `PostgreSQL database ${database} at ${host}:${port}`;
    client.on("error", () => void this.close());
    client.on("end", () => void this.close());
  }

  /** @throws EventyError STORE_UNAVAILABLE, STORE_FAILED, INVALID_ARGUMENT */
  static async open(createClient: CreateClient, settings: Settings, timeoutMs: number): Promise<Session> {
    const session = new Session(make(createClient, settings), timeoutMs);
    try {
      await session.#connect();
      await session.query({
        ...SET_UP,
        values: [timeoutMs, settings.leaseMs, settings.schema ?? null],
      });
      return session;
    } catch (error) {
      void session.close();
      throw error;
    }
  }

  /** @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  async query<Row>(statement: PostgresqlStatement): Promise<readonly Row[]> {
    return (await this.execute(statement)).rows as readonly Row[];
  }

  /** @throws EventyError STORE_UNAVAILABLE, STORE_FAILED */
  async execute(statement: PostgresqlStatement): Promise<PostgresqlResult> {
    try {
      return await this.executeRaw(statement);
    } catch (error) {
      throw statementError(error, this.where);
    }
  }

  /** As `execute`, with errors of the server as the client throws them. */
  async executeRaw(statement: PostgresqlStatement): Promise<PostgresqlResult> {
    if (this.lost.aborted) throw unavailable(this.where, new Error("the connection is lost"));
    try {
      return await within(
        this.#client.query(statement),
        this.#deadlineMs,
        () => new Error(`no answer within ${this.#deadlineMs} ms`),
      );
    } catch (error) {
      if (endsConnection(error)) void this.close();
      throw sqlState(error) === undefined ? unavailable(this.where, error) : error;
    }
  }

  onNotification(listener: (channel: string, payload: string) => void): void {
    this.#client.on("notification", ({ channel, payload = "" }) => listener(channel, payload));
  }

  /** Ends the connection. Resolves when that is done, or would take too long. Never throws. */
  async close(): Promise<void> {
    if (this.lost.aborted) return;
    this.#end.abort();
    // It fails where the connection is broken already.
    await within(this.#client.end(), CLOSE_MS, () => new Error("timeout")).catch(() => undefined);
  }

  async #connect(): Promise<void> {
    try {
      await within(this.#client.connect(), CONNECT_MS, () => new Error("timeout"));
    } catch (error) {
      throw connectError(error, this.where);
    }
  }
}

function make(createClient: CreateClient, { connection, leaseMs }: Settings): PostgresqlClient {
  try {
    return createClient({
      ...connection,
      application_name: "eventy",
      connectionTimeoutMillis: CONNECT_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: leaseMs,
    });
  } catch {
    // Not its cause: it quotes the text, which holds the password.
    throw new EventyError("INVALID_ARGUMENT", "These are no settings of a connection to PostgreSQL.");
  }
}
