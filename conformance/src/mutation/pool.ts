/** Does a job for each item, so many at the same time, and returns what came of each in the order of the items. */
export async function pool<T, R>(
  items: readonly T[],
  parallel: number,
  job: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const workers = Array.from({ length: parallel }, async () => {
    for (const [index, item] of queue) results[index] = await job(item);
  });
  await Promise.all(workers);
  return results;
}
