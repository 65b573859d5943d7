import { createHash, randomInt } from "node:crypto";

/** A seed for a run that was given none. */
export function randomSeed(): number {
  return randomInt(2 ** 31);
}

/** The seed of a case, which depends on nothing but the seed of the run and the id of the case. */
export function seedOf(runSeed: number, caseId: string): number {
  return createHash("sha256").update(`${runSeed}:${caseId}`).digest().readInt32BE(0);
}
