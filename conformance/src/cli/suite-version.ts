import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE_ROOT } from "../testee/package-root.js";

/** Version of the suite. */
export const SUITE_VERSION: string = readVersion();

function readVersion(): string {
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, "package.json"), "utf8"),
  );
  return manifest.version;
}
