/** A promise whose rejection is nobody's surprise, as when a case has failed before it waits for it. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
