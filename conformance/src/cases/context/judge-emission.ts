import { type ExpectedRecord, expectEmission } from "../../checker/emission/expect-emission.js";
import { firstDifference } from "../../checker/index.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import { askEmit, type ToEmit } from "../ask.js";
import { type Anomaly, Failure } from "../failure.js";
import { mustRefuse } from "../judge.js";
import type { Testee } from "../testee.js";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const SEMVER = /^\d+\.\d+\.\d+/;

/**
 * Has the testee emit, and checks what comes of it against the model.
 *
 * @param except what is not compared, as paths
 * @returns the records, none if they had to be refused
 * @throws Failure if it is not what the specification says.
 */
export async function emitAndJudge(
  testee: Testee,
  question: ToEmit,
  except: readonly string[] = [],
): Promise<readonly NeutralRecord[]> {
  const answer = await askEmit(testee, question);
  const outcome = expectEmission(question.service, question.input, question.drafts);
  if ("refuse" in outcome) {
    mustRefuse(answer, "what must not be emitted", outcome.refuse);
    return [];
  }
  if ("failed" in answer) {
    throw new Failure("REFUSED", "refused what must be emitted", { actual: answer.failed.message });
  }
  const expected = outcome.records.map(({ record, free }) => ({ record, free: [...free, ...except] }));
  mustBeEmitted(expected, answer.ok, question.service);
  return answer.ok;
}

/**
 * Checks emitted records.
 *
 * @throws Failure if one is not what it must be.
 */
export function mustBeEmitted(
  expected: readonly ExpectedRecord[],
  actual: readonly NeutralRecord[],
  service: string,
): void {
  if (actual.length !== expected.length) {
    throw new Failure("WRONG-REPLY", "not one record for each draft", {
      expected: String(expected.length),
      actual: String(actual.length),
    });
  }
  for (const [i, { record, free }] of expected.entries()) {
    const emitted = actual[i];
    if (!emitted) continue;
    const difference = firstDifference(record, emitted, free);
    if (difference) {
      const { path, ...details } = difference;
      throw new Failure(anomalyOf(difference), `${path} of output ${i} is not what it must be`, details);
    }
    checkOwn(emitted, service);
  }
  if (new Set(actual.map(({ uuid }) => uuid)).size !== actual.length) {
    throw new Failure("WRONG-VALUE", "two records have the same uuid", { requirement: "REC-028" });
  }
}

/** Checks what an implementation chooses by itself. */
function checkOwn(record: NeutralRecord, service: string): void {
  const wrong = (requirement: string, field: string, actual: string) =>
    new Failure("WRONG-VALUE", `${field} is not what it must be`, { requirement, actual });
  if (!UUID.test(record.uuid)) throw wrong("REC-028", "uuid", record.uuid);
  if (!SEMVER.test(record.version)) throw wrong("REC-015", "version", record.version);
  if (record.source !== service && !record.source.startsWith(`${service}:`))
    throw wrong("CTX-005", "source", record.source);
  if (record.correlationId === "") throw wrong("REC-030", "correlation_id", '""');
  if (record.type !== RecordType.RESPONSE && (record.ok || record.destination !== "")) {
    throw wrong("CTX-001", "destination", record.destination);
  }
}

function anomalyOf({ path, expected, actual }: { path: string; expected: string; actual: string }): Anomaly {
  const inherited = path.startsWith("context") || path === "correlation_id" || path === "partition_key";
  if (!inherited) return "WRONG-VALUE";
  if (actual === "nothing") return "CONTEXT-DROPPED";
  return expected === "nothing" ? "CONTEXT-LEAKED" : "CONTEXT-CHANGED";
}
