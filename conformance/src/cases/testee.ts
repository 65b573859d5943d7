import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  CommandSchema,
  Event,
  Failed,
  Reply,
  RunSchema,
} from "../gen/proto/eventy/conformance/v1/testee_pb.js";

/** A command without its id, which the suite adds: `{ case: "decode", value: { encoding, bytes } }`. */
export type CommandInit = Extract<
  NonNullable<Exclude<MessageInitShape<typeof CommandSchema>, { $typeName: string }>["command"]>,
  { case: string }
>;

/** A running implementation under test, as a case sees it. */
export interface Testee {
  /** What it declared when it started. */
  readonly capabilities: ReadonlySet<string>;
  /** Process id of the process that runs now. */
  readonly pid: number;
  /**
   * Sends a command and returns its reply, of which `failed` is one. Several may be in flight.
   *
   * @param patience how long the testee may be silent, as a share of its usual time-out; 1 by default
   * @throws Failure (CRASHED, TIMED-OUT), or AdapterError if what came back is not of the protocol.
   */
  call(command: CommandInit, patience?: number): Promise<Reply["reply"]>;
  /** Ends the process and starts it again; commands in flight are lost. */
  restart(): Promise<void>;
}

/** A testee of which the case controls the process. It ends with the case. */
export interface ControlledTestee extends Testee {
  /**
   * Has it run a service.
   *
   * @throws Failure REFUSED if it refuses; a case that wants that sends the command itself.
   */
  startRun(run: MessageInitShape<typeof RunSchema>): Promise<Run>;
  /**
   * Ends the process at once, by SIGKILL, and waits until it has ended and all it said is read.
   *
   * Commands in flight are rejected; runs end as `killed`. The next call starts a new process.
   */
  kill(): Promise<void>;
  /**
   * Waits until the process has ended by itself, as a handler that crashes makes it; then that is no fault.
   *
   * @throws Failure TIMED-OUT if it lives on.
   */
  died(): Promise<void>;
  /** Stops the process where it is, by SIGSTOP. It has as much time as it likes until `resume`. */
  pause(): void;
  /** Lets it go on, by SIGCONT. */
  resume(): void;
}

/** What a run says, in the words of the protocol: `{ case: "invoked", value: { delivery } }`. */
export type RunEvent = Extract<Event["event"], { case: string }>;

/** The events of one kind. */
export type RunEventOf<Kind extends RunEvent["case"]> = Extract<RunEvent, { case: Kind }>["value"];

/** Whether an event is the one that is waited for. */
export interface Wanted<Event> {
  (event: Event): boolean;
  /** Which one that is, for people: `of record 2 in h`. */
  readonly what?: string;
}

/** How a run ended: in order, with an error, or with its process. */
export type RunEnd =
  | { readonly case: "done" }
  | { readonly case: "fatal"; readonly value: Failed }
  | { readonly case: "killed" };

/** A service that a testee runs. */
export interface Run {
  /** Id of its command, for `stopRun`. */
  readonly id: string;
  /** All that it has said so far. Complete once it has ended, also by SIGKILL, but for a half line at the end. */
  readonly events: readonly RunEvent[];
  /** Whether it has not ended. */
  readonly isActive: boolean;
  /**
   * The first event of a kind that satisfies the predicate and that no other `next` was given; waits for it.
   *
   * @throws Failure TIMED-OUT if the testee says nothing for too long, RUN-ENDED if the run ends without it.
   */
  next<Kind extends RunEvent["case"]>(
    kind: Kind,
    predicate?: Wanted<RunEventOf<Kind>>,
  ): Promise<RunEventOf<Kind>>;
  /**
   * Waits until the run has ended. A process that ended by itself fails the case unless that calls `died`.
   *
   * @throws Failure TIMED-OUT if the testee says nothing for too long.
   */
  ended(): Promise<RunEnd>;
  /** Lets handlers go on that wait at a gate, now and later, or `once`: now only. */
  release(gate: string, options?: { readonly once?: boolean }): Promise<void>;
  /** Has the run end in order, and waits for that. */
  stop(): Promise<RunEnd>;
}
