export type { SqliteStoreOptions } from "./sqlite-store.js";
export { SqliteStore } from "./sqlite-store.js";
export type { SqliteConnection, SqliteStatement } from "./work-connection.js";
