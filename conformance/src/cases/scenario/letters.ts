import { type DeadLetter, deadLettersOf, readDeadLetter } from "../../checker/index.js";
import type { BoundContext } from "../case.js";
import { SERVICE } from "./plan.js";
import { kept } from "./snapshot.js";

/** The dead letters of the service, by partition and offset. */
export async function readLetters({ oracle }: BoundContext, partitions = 1): Promise<readonly DeadLetter[]> {
  return (await oracle.records(deadLettersOf(SERVICE), partitions)).map((letter) =>
    readDeadLetter(kept(letter)),
  );
}
