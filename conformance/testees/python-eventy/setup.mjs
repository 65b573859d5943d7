// Makes the virtual environment that the Python testee runs in.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const script = fileURLToPath(import.meta.url);
const requirements = join(dirname(script), "requirements.txt");
const repository = join(dirname(script), "../../..");
const cache = existsSync(join(repository, "schemas/proto"))
  ? join(repository, ".cache/python-eventy")
  : join(homedir(), ".cache/eventy-conformance/python-eventy");

/**
 * Returns the path of a Python that has eventy 3.4.0, which it installs at the first call.
 *
 * There is one environment for each content of requirements.txt. The Python to build it with is `python3`, or
 * what the environment variable `PYTHON` names.
 *
 * @returns {Promise<string>}
 */
export async function pythonEnvironment() {
  const pins = await readFile(requirements, "utf8");
  const environment = join(cache, createHash("sha256").update(pins).digest("hex").slice(0, 16));
  const python = join(environment, "bin/python");
  if (!existsSync(python)) await install(pins, environment);
  return python;
}

/** Builds aside and renames, so that an environment is complete when it is there, whoever else is building it. */
async function install(pins, environment) {
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(`${environment}.`);
  const base = process.env.PYTHON ?? "python3";
  const python = join(draft, "bin/python");
  const setuptools = pins.match(/^setuptools==.*$/m)[0];
  try {
    // eventy reads dates with datetime.fromisoformat, which knew little of ISO 8601 before 3.11.
    await run(base, [
      "-c",
      "import sys; sys.version_info >= (3, 11) or sys.exit('This is Python ' + sys.version)",
    ]);
    await run(base, ["-m", "venv", draft]);
    // Two steps, so that source archives are built with the pinned setuptools and not with the newest.
    await run(python, [...pip, setuptools]);
    await run(python, [...pip, "--no-deps", "--no-build-isolation", "--requirement", requirements]);
    if (!existsSync(join(environment, "bin/python"))) await rm(environment, { recursive: true, force: true });
    await rename(draft, environment);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!["ENOTEMPTY", "EEXIST"].includes(error.code)) throw explained(error);
  }
}

const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
const run = promisify(execFile);

function explained(cause) {
  const output = `${cause.stdout ?? ""}${cause.stderr ?? ""}`.trim() || cause.message;
  const message = [
    "Cannot install eventy 3.4.0, the Python package that this testee drives.",
    "It takes Python 3.11 or newer with its venv module (on Debian and Ubuntu: apt install python3 python3-venv)",
    `and a package index that pip can reach. What failed:\n${output}`,
  ].join("\n");
  return new Error(message, { cause });
}

if (process.argv[1] === script) {
  await pythonEnvironment().then(console.log, (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
