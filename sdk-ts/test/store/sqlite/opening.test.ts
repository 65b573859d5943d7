import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, it } from "vitest";
import { SqliteStore } from "../../../src/store/sqlite/index.js";
import { temporaryFolder } from "../../temporary-folder.js";

/** Runs something as a user whom permissions bind, which they do not root. */
function unprivileged<T>(run: () => T): T {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || seteuid === undefined) return run();
  seteuid(65_534);
  try {
    return run();
  } finally {
    seteuid(0);
  }
}

function failure(code: string, text: string): unknown {
  return expect.objectContaining({ code, message: expect.stringContaining(text) });
}

describe("opening a SQLite file", () => {
  const folder = temporaryFolder();

  /** A file with one topic and one record. */
  async function written(name: string): Promise<string> {
    const file = folder.path(name);
    const store = new SqliteStore(file);
    await store.createTopic("a", 1);
    await store.append([{ topic: "a", key: null, value: Buffer.from("x") }]);
    await store.close();
    return file;
  }

  async function expectWhole(file: string): Promise<void> {
    const store = new SqliteStore(file);
    expect(await store.bounds({ topic: "a", partition: 0 })).toEqual({ begin: 0, end: 1 });
    await store.close();
  }

  it("is refused while it is open, also in the same process, and possible after closing", async () => {
    const file = await written("twice.db");
    const store = new SqliteStore(file);
    expect(() => new SqliteStore(file)).toThrow(failure("STORE_IN_USE", file));
    await store.append([{ topic: "a", key: null, value: null }]);
    await store.close();
    const again = new SqliteStore(file);
    expect(await again.bounds({ topic: "a", partition: 0 })).toEqual({ begin: 0, end: 2 });
    await again.close();
  });

  it("leaves one file after closing, that other programs can read", async () => {
    const file = await written("plain.db");
    const database = new Database(file);
    expect(database.prepare("SELECT record_offset FROM eventy_record").all()).toEqual([{ record_offset: 0 }]);
    database.close();
    expect(() => readFileSync(`${file}-wal`)).toThrow("ENOENT");
  });

  it("is refused where there is no folder, and for a folder", () => {
    const file = folder.path("none/a.db");
    expect(() => new SqliteStore(file)).toThrow(failure("STORE_FAILED", file));
    const directory = folder.path("directory");
    mkdirSync(directory);
    expect(() => new SqliteStore(directory)).toThrow(failure("STORE_FAILED", directory));
  });

  it("is refused for a file that is read-only, and nothing is lost", async () => {
    const file = await written("read-only.db");
    chmodSync(folder.path("."), 0o755);
    chmodSync(file, 0o444);
    expect(() => unprivileged(() => new SqliteStore(file))).toThrow(failure("STORE_FAILED", file));
    chmodSync(file, 0o644);
    await expectWhole(file);
  });

  it("is refused in a folder that is read-only", () => {
    const directory = folder.path("read-only");
    mkdirSync(directory);
    chmodSync(directory, 0o555);
    const file = join(directory, "a.db");
    expect(() => unprivileged(() => new SqliteStore(file))).toThrow(failure("STORE_FAILED", file));
  });

  it("is refused for a file that is no database, which is left as it is", () => {
    const file = folder.path("text.db");
    const text = "no database ".repeat(1000);
    writeFileSync(file, text);
    expect(() => new SqliteStore(file)).toThrow(failure("STORE_FAILED", file));
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it("is refused for tables of a newer version, which are left as they are", async () => {
    const file = await written("newer.db");
    const database = new Database(file);
    database.exec("UPDATE eventy_schema SET version = 99");
    database.close();
    expect(() => new SqliteStore(file)).toThrow(failure("STORE_FAILED", "version 99"));
    const again = new Database(file);
    again.exec("UPDATE eventy_schema SET version = 1");
    again.close();
    await expectWhole(file);
  });

  it("takes a file that has tables of others", async () => {
    const file = folder.path("others.db");
    const database = new Database(file);
    database.exec("CREATE TABLE mine (a)");
    database.close();
    const store = new SqliteStore(file);
    await store.createTopic("a", 1);
    await store.close();
  });

  it("of a damaged file says so at the latest when it is read", async () => {
    const file = folder.path("damaged.db");
    const store = new SqliteStore(file);
    await store.createTopic("a", 1);
    await store.append(
      Array.from({ length: 500 }, () => ({ topic: "a", key: null, value: new Uint8Array(500) })),
    );
    await store.close();
    const bytes = readFileSync(file);
    bytes.fill(0xff, 8192);
    writeFileSync(file, bytes);
    const use = async (): Promise<void> => {
      const damaged = new SqliteStore(file);
      try {
        await damaged.read({ topic: "a", partition: 0 }, 0);
      } finally {
        await damaged.close();
      }
    };
    await expect(use()).rejects.toThrow(failure("STORE_FAILED", file));
  });
});
