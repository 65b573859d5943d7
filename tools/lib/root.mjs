import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The folder of what can be made again at any time; not committed. */
export const cache = join(root, ".cache");

/** The npm workspaces, in the order in which they depend on one another. */
export const workspaces = ["sdk-ts", "conformance", "tools"];
