import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  Failed,
  Reply,
  StoredRecord,
  StoredRecordSchema,
} from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { ErrorCode } from "../../gen/proto/eventy/v3/protocol_pb.js";
import { codeName, errorText } from "../ask.js";
import { Failure, type FailureDetails } from "../failure.js";
import type { CommandInit, Testee } from "../testee.js";
import { type CursorInit, from } from "./cursors.js";

type Answered<Kind> = Extract<Reply["reply"], { case: Kind }> extends { value: infer Value } ? Value : never;

/** A record to write. */
export type ToWrite = MessageInitShape<typeof StoredRecordSchema>;

/**
 * Sends a command that must succeed.
 *
 * @throws Failure REFUSED if it is refused.
 */
export async function must<Kind extends Reply["reply"]["case"]>(
  testee: Testee,
  command: CommandInit,
  answer: Kind,
): Promise<Answered<Kind>> {
  const reply = await testee.call(command);
  if (reply.case === "failed") {
    throw new Failure("REFUSED", `refused \`${command.case}\``, { actual: errorText(reply.value) });
  }
  if (reply.case !== answer)
    throw new Failure("WRONG-REPLY", `answered \`${command.case}\` with ${reply.case}`);
  return reply.value as Answered<Kind>;
}

/** Creates a topic. */
export async function createTopic(testee: Testee, topic: string, partitions: number): Promise<void> {
  await must(testee, { case: "createTopic", value: { topic, partitions } }, "done");
}

/** The command that appends records. */
export function writing(records: readonly ToWrite[]): CommandInit {
  return { case: "write", value: { records: [...records] } };
}

/** Appends records, and says where they stand. */
export async function write(testee: Testee, records: readonly ToWrite[]): Promise<readonly StoredRecord[]> {
  const { positions } = await must(testee, writing(records), "written");
  if (positions.length !== records.length) {
    throw new Failure("WRONG-REPLY", "not one position for each record that was written", {
      expected: String(records.length),
      actual: String(positions.length),
    });
  }
  return positions;
}

/** Where to read. */
export interface ToRead {
  readonly topic: string;
  readonly partition?: number;
  readonly cursor?: CursorInit;
  readonly group?: string;
  readonly limit?: number;
}

/** The command that reads records of a partition. */
export function reading({ cursor = from(0), ...rest }: ToRead): CommandInit {
  return { case: "read", value: { ...rest, cursor } };
}

/** Reads records of a partition. */
export async function read(testee: Testee, place: ToRead): Promise<readonly StoredRecord[]> {
  return (await must(testee, reading(place), "readRecords")).records;
}

/** How far a group has acknowledged a partition. */
export async function acknowledged(
  testee: Testee,
  group: string,
  topic: string,
  partition = 0,
): Promise<number | undefined> {
  const command = { case: "acknowledged", value: { group, topic, partition } } as const;
  const { offset } = await must(testee, command, "acknowledgedOffset");
  return offset === undefined ? undefined : Number(offset);
}

/**
 * Sends a command that must be refused with an error of a code. The code counts for those who declare error codes.
 *
 * @throws Failure if it is accepted, or refused as another error.
 */
export async function mustBeRefused(
  testee: Testee,
  command: CommandInit,
  code: keyof typeof ErrorCode,
  details: FailureDetails = {},
): Promise<void> {
  const reply = await testee.call(command);
  if (reply.case !== "failed") {
    throw new Failure("ACCEPTED", `accepted \`${command.case}\``, { expected: code, ...details });
  }
  mustBeError(testee, reply.value, code, details);
}

/**
 * Checks the code of an error, for those who declare error codes.
 *
 * @throws Failure if it is another one.
 */
export function mustBeError(
  testee: Testee,
  failed: Failed,
  code: keyof typeof ErrorCode,
  details: FailureDetails = {},
): void {
  if (!testee.capabilities.has("error-codes") || codeName(failed.code) === code) return;
  throw new Failure("WRONG-ERROR", "the error is of another kind", {
    expected: code,
    actual: errorText(failed),
    ...details,
  });
}
