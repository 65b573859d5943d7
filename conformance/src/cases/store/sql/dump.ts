import type { BoundContext } from "../../case.js";
import { TABLES } from "./tables.js";

/** All rows of all tables. */
export async function dump({ database }: BoundContext): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const { name, columns } of TABLES) {
    for (const row of await database.run(`SELECT * FROM ${name}`)) {
      const values = columns.map((column) =>
        column.kind === "bytes" ? hex(row[column.name]) : String(row[column.name]),
      );
      lines.push(`${name} ${values.join(" ")}`);
    }
  }
  return lines;
}

/** Bytes, for people. */
export function hex(value: unknown): string {
  if (value === null) return "null";
  return Buffer.from(value as Uint8Array).toString("hex");
}
