/** The topic of the states of a group with one name, for the records of one topic. */
export function changelogOf(group: string, state: string, topic: string): string {
  return `${[group, state, topic].map(escaped).join(".")}.changelog`;
}

/** Names that are not equal have texts that are not equal, and full stops are between them only. */
function escaped(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9-]/gu, (character) =>
    [...Buffer.from(character)]
      .map((byte) => `_${byte.toString(16).toUpperCase().padStart(2, "0")}`)
      .join(""),
  );
}
