import { exactlyOnce, type Handler, onEvent, Service } from "../../../src/processing/index.js";

export function serviceOf(name: string, id: string): Service {
  return new Service(`${name}-${id}`);
}

/** Emits each number that it gets, together with how many of the same key there were. */
export function counting(id: string, handled: (n: number) => void): Handler {
  const [source, counter] = [serviceOf("source", id), serviceOf("counter", id)];
  return onEvent(source, "Tick", exactlyOnce, async function* ({ data, partitionKey }, { state }) {
    const counts = state("counts");
    const count = Number((await counts.get(partitionKey ?? "")) ?? 0) + 1;
    counts.set(partitionKey ?? "", count);
    yield counter.event("Counted", { data: { ...data, count } });
    handled(Number(data["n"]));
  });
}
