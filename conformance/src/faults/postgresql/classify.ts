import type { RequestKind } from "../faults.js";

/** What is not SQL words: comments, and what stands in quotes. */
const NOISE =
  /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(?<tag>[A-Za-z_]*)\$[\s\S]*?\$\k<tag>\$/g;

const WRITES =
  /\b(INSERT|UPDATE|DELETE|MERGE|TRUNCATE|CREATE|ALTER|DROP|COPY|CALL|DO|INTO|GRANT|REVOKE|COMMENT|REFRESH)\b/;

const LOCKS = /\bFOR (NO KEY )?UPDATE\b/g;

/** What a text of SQL does to the connection that it is sent on. */
export interface Classified {
  readonly kind: Exclude<RequestKind, "startup">;
  /** Whether a transaction block is open afterwards. */
  readonly isInBlock: boolean;
}

/**
 * Finds out what kind of a request a text of SQL is, which may hold several statements.
 *
 * @param isInBlock whether a transaction block is open
 */
export function classify(sql: string, isInBlock: boolean): Classified {
  let kind: Classified["kind"] = "statement";
  let inBlock = isInBlock;
  for (const statement of statementsOf(sql)) {
    const [first = "", second = ""] = statement.split(" ", 2);
    if (first === "BEGIN" || (first === "START" && second === "TRANSACTION")) inBlock = true;
    else if (first === "COMMIT" || first === "END" || (first === "PREPARE" && second === "TRANSACTION")) {
      if (inBlock || second === "PREPARED") kind = "commit";
      inBlock = false;
    } else if (first === "ABORT" || (first === "ROLLBACK" && !/^ROLLBACK.* TO\b/.test(statement))) {
      inBlock = false;
    } else if (!inBlock && kind !== "commit" && WRITES.test(statement.replace(LOCKS, "")))
      kind = "autocommit";
  }
  return { kind, isInBlock: inBlock };
}

/** The statements of a text in upper case, without comments and without what stands in quotes. */
function statementsOf(sql: string): readonly string[] {
  return sql
    .replace(NOISE, " ")
    .split(";")
    .map((statement) => statement.trim().replace(/\s+/g, " ").toUpperCase())
    .filter((statement) => statement !== "");
}
