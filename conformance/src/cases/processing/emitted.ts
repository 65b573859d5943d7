import type { BoundContext } from "../case.js";

/** Whether an event of a name stands in the topic of the service. */
export async function isEmitted({ oracle }: BoundContext, name: string): Promise<boolean> {
  const outputs = await oracle.records("orders-events");
  return outputs.some(({ value }) => value !== null && Buffer.from(value).includes(`"${name}"`));
}
