import type { Task } from "../facts.js";
import { groupBy } from "../group-by.js";
import type { KeptRecord } from "../history.js";
import { numberIn } from "../lineage.js";
import { placeText } from "../place-text.js";

/** Outputs of a script of which there are fewer than so many. */
export function absent(
  outputs: readonly KeptRecord[],
  scripted: Task["script"]["outputs"],
  wanted: number,
): readonly string[] {
  const there = groupBy(outputs, identityOf);
  return scripted
    .map(({ draft, index }) => `${draft.name} ${index}`)
    .filter((identity) => (there.get(identity)?.length ?? 0) < wanted);
}

/** The places of the first output of which there are more than so many. */
export function repeated(outputs: readonly KeptRecord[], wanted: number): readonly KeptRecord[] {
  return [...groupBy(outputs, identityOf).values()].find((same) => same.length > wanted) ?? [];
}

/** Outputs in a line for people. */
export function listed(outputs: readonly KeptRecord[]): string {
  if (outputs.length === 0) return "none";
  const shown = outputs.slice(0, 4).map((one) => `${identityOf(one)} at ${placeText(one)}`);
  const more = outputs.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function identityOf({ record }: KeptRecord): string {
  return record ? `${record.name} ${numberIn(record, "i") ?? 0}` : "";
}
