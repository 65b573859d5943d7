import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** Folder of this package, whether the code runs from `src` or from `dist`. */
export const PACKAGE_ROOT: string = findRoot(import.meta.dirname);

function findRoot(folder: string): string {
  return existsSync(join(folder, "package.json")) ? folder : findRoot(dirname(folder));
}
