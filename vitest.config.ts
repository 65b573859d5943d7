import { defineConfig } from "vitest/config";

const workspaces = ["sdk-ts", "conformance", "tools"];

export default defineConfig({
  test: {
    // A time-out is for what hangs, not for what is slow: a busy machine must not fail a test.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Programs that tests start print no colours, wherever they run: some libraries colour whatever CI sees.
    env: { NO_COLOR: "1" },
    projects: workspaces.map((name) => ({
      extends: true,
      test: { name, root: name, include: ["test/**/*.test.ts"] },
    })),
  },
});
