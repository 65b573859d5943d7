import type { Claim } from "../store/index.js";
import type { Commits } from "./commits.js";
import type { Environment } from "./environment.js";
import type { Group } from "./groups.js";
import type { RunControl } from "./run-control.js";

/** What handling needs of the claim of a partition. */
export type ClaimPort = Pick<Claim, "topic" | "partition" | "append" | "commit" | "state">;

/** What the handling of a partition needs besides its records. */
export interface Job {
  readonly claim: ClaimPort;
  readonly group: Group;
  readonly environment: Environment;
  readonly control: RunControl;
  readonly commits: Commits;
}
