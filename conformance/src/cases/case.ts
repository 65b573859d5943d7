import type { MessageInitShape } from "@bufbuild/protobuf";
import type { CommandSchema, Reply } from "../gen/proto/eventy/conformance/v1/testee_pb.js";

/** The part of the protocol that a case belongs to. */
export type Profile = "codec.json" | "codec.avro" | "codec.protobuf" | "context";

/** All profiles, in the order of a report. */
export const PROFILES: readonly Profile[] = ["codec.json", "codec.avro", "codec.protobuf", "context"];

/** A command without its id, which the suite adds: `{ case: "decode", value: { encoding, bytes } }`. */
export type CommandInit = Extract<
  NonNullable<Exclude<MessageInitShape<typeof CommandSchema>, { $typeName: string }>["command"]>,
  { case: string }
>;

/** One thing that the suite finds out about an implementation. */
export interface Case {
  /** Unique, dotted, from the general to the particular: `codec.json.golden.eventy-3.4.0`. */
  readonly id: string;
  /** One line that says what must hold. */
  readonly title: string;
  /** Ids of the requirements that are broken if the case fails. */
  readonly requirements: readonly string[];
  readonly profile: Profile;
  /** What the testee must have declared; otherwise the case is skipped. */
  readonly capabilities: readonly string[];
  /** Run first: if it fails, the rest of the profile is not worth running. */
  readonly smoke?: true;
  /**
   * Runs the case and returns if the implementation does what it must.
   *
   * @throws Failure if it does not, Inconclusive if that could not be found out.
   */
  run(context: CaseContext): Promise<void>;
}

/** What a case works with. */
export interface CaseContext {
  readonly testee: Testee;
  /** Seed of everything random in the case, a 32-bit integer. */
  readonly seed: number;
  /** How many times a property is tried. */
  readonly runs: number;
  /** Aborted when the suite is interrupted. */
  readonly signal: AbortSignal;
  /** Shows how far the case is. */
  progress(done: number, total: number): void;
}

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
