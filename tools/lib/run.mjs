import { spawn } from "node:child_process";
import { root } from "./root.mjs";

/**
 * Runs a program in the repository and passes its output on.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, stdoutToStderr?: boolean }} [options]
 * @returns {Promise<number>} its exit code; a program that a signal ended or that did not start counts as 1
 */
export function run(program, args, { env = process.env, stdoutToStderr = false } = {}) {
  const child = spawn(program, args, {
    cwd: root,
    env,
    stdio: ["ignore", stdoutToStderr ? 2 : "inherit", "inherit"],
  });
  return exitCode(child);
}

/**
 * Runs a program in the repository and collects what it prints.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string }} [options]
 * @returns {Promise<{ code: number, output: string }>} both streams, in the order in which they came, without colours
 */
export async function capture(program, args, { cwd = root } = {}) {
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" };
  const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      output += text;
    });
  }
  child.on("error", (error) => {
    output += error.message;
  });
  return { code: await exitCode(child), output };
}

/** @param {import("node:child_process").ChildProcess} child */
function exitCode(child) {
  return new Promise((resolve) => {
    child.on("error", () => resolve(1));
    child.on("close", (code) => resolve(code ?? 1));
  });
}
