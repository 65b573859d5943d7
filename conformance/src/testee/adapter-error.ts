/**
 * The testee does not speak the testee protocol, or could not be started.
 *
 * This says nothing about the implementation behind it.
 */
export class AdapterError extends Error {
  override readonly name = "AdapterError";
}
