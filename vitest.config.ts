import { configDefaults, defineConfig } from "vitest/config";

const workspaces = ["sdk-ts", "conformance", "tools"];
/** Tests that need a PostgreSQL server, which `EVENTY_POSTGRES_URL` names, lie in folders of this name. */
const onPostgresql = "**/postgresql/**";

export default defineConfig({
  test: {
    // A time-out is for what hangs, not for what is slow: a busy machine must not fail a test.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Programs that tests start print no colours, wherever they run: some libraries colour whatever CI sees.
    env: { NO_COLOR: "1" },
    projects: [
      ...workspaces.map((name) => ({
        extends: true as const,
        test: {
          name,
          root: name,
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, onPostgresql],
        },
      })),
      {
        extends: true as const,
        test: {
          name: "postgresql",
          include: workspaces.map((name) => `${name}/test/${onPostgresql}/*.test.ts`),
          globalSetup: "conformance/test/servers/provide-postgresql.ts",
        },
      },
    ],
  },
});
