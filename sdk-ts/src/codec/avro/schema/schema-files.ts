import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { EventyError } from "../../../record/index.js";

/** What is in a schema file, not checked yet. */
export interface SchemaFile {
  readonly form: "evsc" | "avsc";
  readonly content: unknown;
}

const IN_FOLDERS = /\.evsc\.ya?ml$|\.json$|\.avsc$/;

/** Reads a schema file; the end of its name says how. */
export function readSchemaFile(path: string): SchemaFile {
  if (/\.ya?ml$/.test(path)) return { form: "evsc", content: parse(readFileSync(path, "utf8")) };
  if (/\.json$/.test(path)) return { form: "evsc", content: JSON.parse(readFileSync(path, "utf8")) };
  if (/\.avsc$/.test(path)) return { form: "avsc", content: JSON.parse(readFileSync(path, "utf8")) };
  throw new EventyError("INVALID_SCHEMA", "its name does not end in .yaml, .yml, .json or .avsc");
}

/**
 * The schema files of a folder, in the order of their names.
 *
 * @throws EventyError INVALID_SCHEMA if the folder cannot be read.
 */
export function filesIn(folder: string, recursive: boolean): string[] {
  try {
    return list(folder, recursive);
  } catch (cause) {
    throw new EventyError("INVALID_SCHEMA", `the folder of schemas ${folder} cannot be read`, { cause });
  }
}

function list(folder: string, recursive: boolean): string[] {
  const names = readdirSync(folder).filter((name) => !name.startsWith("."));
  return names.sort().flatMap((name) => {
    const path = join(folder, name);
    // Follows links: Kubernetes mounts configuration as links.
    if (statSync(path).isDirectory()) return recursive ? list(path, recursive) : [];
    return IN_FOLDERS.test(name) ? [path] : [];
  });
}
