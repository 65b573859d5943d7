/** Requirements that have cases and no mutant, each with the reason. */
export const without: ReadonlyMap<string, string> = new Map<string, string>([
  ["STO-011", "a server shows nothing that is not committed, and what wraps a client of it cannot make it"],
]);
