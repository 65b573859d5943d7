/** Requirements that have cases and no mutant, each with the reason. */
export const without: ReadonlyMap<string, string> = new Map<string, string>();
