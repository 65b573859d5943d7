/** The oracle does not take these bytes for a record, or cannot write this record. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

/** Runs a reader of a library and turns whatever it throws into a Refusal. */
export function orRefuse<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`${what}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
