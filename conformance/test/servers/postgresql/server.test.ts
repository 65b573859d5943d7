import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgresql } from "../../../src/servers/postgresql.js";
import type { PostgresqlServer } from "../../../src/servers/postgresql-server.js";

let server: PostgresqlServer;
beforeAll(async () => {
  server = await startPostgresql();
});
afterAll(() => server.stop());

test("what was committed survives kill and restart", async () => {
  const url = await server.createDatabase("kept");
  await query(url, "CREATE TABLE t AS SELECT 42 AS answer");

  await server.kill();
  await expect(query(url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
  await server.restart();

  expect(await query(url, "SELECT answer FROM t")).toEqual([{ answer: 42 }]);
});

test("it syncs to disk, and asks for the password", async () => {
  expect(await query(server.url, "SHOW fsync")).toEqual([{ fsync: "on" }]);
  const wrong = server.url.replace(/:[0-9a-f]+@/, ":wrong@");
  await expect(query(wrong, "SELECT 1")).rejects.toThrow("password authentication failed");
});

test("a setting that does not exist: the error has the log", async () => {
  await expect(startPostgresql({ settings: { no_such_setting: 1 } })).rejects.toThrow("no_such_setting");
});

test("server and data go when the process that started them is killed", async () => {
  const script = `
    const { startPostgresql } = await import(${JSON.stringify(import.meta.resolve("../../../src/servers/postgresql.ts"))});
    const server = await startPostgresql();
    const { default: pg } = await import("pg");
    const client = new pg.Client(server.url);
    await client.connect();
    const { rows } = await client.query("SHOW data_directory");
    console.log(JSON.stringify({ url: server.url, folder: rows[0].data_directory }));`;
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface(child.stdout), "line");
  const { url, folder } = JSON.parse(line);
  expect(existsSync(folder)).toBe(true);

  child.kill("SIGKILL");

  while (existsSync(folder)) await sleep(20);
  await expect(query(url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
  expect(execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" })).not.toContain(folder);
});

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  try {
    await client.connect();
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}
