/** The suite was called with something that it cannot do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
