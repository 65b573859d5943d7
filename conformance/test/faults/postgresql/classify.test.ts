import { describe, expect, it } from "vitest";
import { classify } from "../../../src/faults/postgresql/classify.js";

describe("a request to PostgreSQL", () => {
  it.each([
    ["SELECT 1", "statement"],
    ["SELECT * FROM t WHERE a = 'INSERT; COMMIT' FOR NO KEY UPDATE", "statement"],
    ["BEGIN", "statement"],
    ["COMMIT", "statement"],
    ["insert into t values (1)", "autocommit"],
    ["WITH a AS (UPDATE t SET b = 1 RETURNING c) SELECT * FROM a", "autocommit"],
    ["/* COMMIT */ -- BEGIN\n DELETE FROM t", "autocommit"],
    ["begin; insert into t values (';'); commit", "commit"],
    ["START TRANSACTION; UPDATE t SET a = 1; END", "commit"],
    ["BEGIN; UPDATE t SET a = 1; ROLLBACK", "statement"],
    ['SELECT "drop" FROM t', "statement"],
    ["SELECT $x$ INSERT $x$", "statement"],
  ])("outside of a block: %s is a %s", (sql, kind) => {
    expect(classify(sql, false).kind).toBe(kind);
  });

  it.each([
    ["INSERT INTO t VALUES (1)", "statement", true],
    ["COMMIT", "commit", false],
    ["end", "commit", false],
    ["COMMIT AND CHAIN", "commit", false],
    ["PREPARE TRANSACTION 'a'", "commit", false],
    ["ROLLBACK", "statement", false],
    ["ROLLBACK TO SAVEPOINT a", "statement", true],
    ["COMMIT; INSERT INTO t VALUES (1)", "commit", false],
  ])("in a block: %s is a %s", (sql, kind, isInBlock) => {
    expect(classify(sql, true)).toEqual({ kind, isInBlock });
  });
});
