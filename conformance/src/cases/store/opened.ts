import type { BoundContext } from "../case.js";
import { createTopic, must } from "../scenario/command.js";
import type { ControlledTestee } from "../testee.js";

/** The testee of a case with the store open, and topics with their numbers of partitions. */
export async function opened(
  { testee, binding }: BoundContext,
  topics: { readonly [topic: string]: number } = {},
): Promise<ControlledTestee> {
  await must(testee, { case: "open", value: binding.open }, "done");
  for (const [topic, partitions] of Object.entries(topics)) await createTopic(testee, topic, partitions);
  return testee;
}

/** The testee after the end of its process, with the store open again. */
export async function reopened(context: BoundContext): Promise<ControlledTestee> {
  await context.testee.kill();
  return opened(context);
}
