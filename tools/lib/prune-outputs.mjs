import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

const outputEnding = /\.(d\.ts|d\.ts\.map|js|js\.map)$/;

/**
 * Removes what the compiler once wrote for a source that is gone; the compiler itself never does.
 *
 * @param {string} outputs folder of compiled files
 * @param {string} sources folder that they were compiled from
 * @returns {void}
 */
export function pruneOutputs(outputs, sources) {
  if (!existsSync(outputs)) return;
  for (const entry of readdirSync(outputs, { withFileTypes: true })) {
    const output = join(outputs, entry.name);
    const source = join(sources, entry.name);
    if (entry.isDirectory()) {
      if (existsSync(source)) pruneOutputs(output, source);
      else rmSync(output, { recursive: true });
    } else if (outputEnding.test(entry.name) && !existsSync(source.replace(outputEnding, ".ts"))) {
      rmSync(output);
    }
  }
}
