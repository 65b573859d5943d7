export type {
  ClientSettings,
  ConnectionSettings,
  CreateClient,
  PostgresqlClient,
  PostgresqlNotification,
  PostgresqlResult,
  PostgresqlStatement,
} from "./client.js";
export { PostgresqlStore } from "./postgresql-store.js";
export type { PostgresqlStoreOptions } from "./settings.js";
export type { PostgresqlConnection } from "./work.js";
