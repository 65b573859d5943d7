// Type-checks the sources and then, against the built declarations, the tests and the scripts.

import { run } from "../lib/run.mjs";

const tsc = "node_modules/typescript/bin/tsc";
const codes = [
  await run(process.execPath, [tsc, "-b"]),
  await run(process.execPath, [tsc, "-p", "tsconfig.test.json"]),
];
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
