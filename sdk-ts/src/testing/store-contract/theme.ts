import type { Kit } from "./kit.js";
import type { StoreUnderTest } from "./store-under-test.js";

/** Checks of one part of what a store does. */
export interface Theme {
  readonly theme: string;
  /** Whether a store has what these checks need. Default: each has. */
  readonly needs?: (under: StoreUnderTest) => boolean;
  /** By what is claimed. */
  readonly checks: Readonly<Record<string, (kit: Kit) => Promise<void>>>;
}
