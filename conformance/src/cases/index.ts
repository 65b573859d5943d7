import type { Case } from "./case.js";

/** All cases of the suite. */
export const cases: readonly Case[] = [];
