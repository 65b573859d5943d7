import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AdapterError } from "./adapter-error.js";
import { PACKAGE_ROOT } from "./package-root.js";

/** A testee that comes with the suite. */
export interface BuiltIn {
  readonly description: string;
  /** Program and arguments; may install what it needs first. */
  argv(): Promise<readonly string[]>;
  /** Its list of known failures, if it has one. */
  readonly knownFailing?: string;
}

const PYTHON_EVENTY = join(PACKAGE_ROOT, "testees", "python-eventy");

/** The testees that come with the suite, by name. */
export const BUILT_IN: ReadonlyMap<string, BuiltIn> = new Map<string, BuiltIn>([
  ["typescript", { description: "the SDK for TypeScript", argv: compiled("typescript", "main.js") }],
  [
    "python-eventy",
    {
      description: "the original Python package, eventy 3.4.0",
      // -B: no compiled files beside the sources, which are those of a package.
      argv: async () => [await pythonEnvironment(), "-B", join(PYTHON_EVENTY, "adapter.py")],
      knownFailing: join(PYTHON_EVENTY, "known-failing.txt"),
    },
  ],
  ["silent", { description: "starts and says nothing more", argv: compiled("trivial", "silent.js") }],
  ["echo", { description: "sends back what it is sent", argv: compiled("trivial", "echo.js") }],
  ["always-ok", { description: "is content with everything", argv: compiled("trivial", "always-ok.js") }],
]);

function compiled(...path: readonly string[]): () => Promise<readonly string[]> {
  const file = join(PACKAGE_ROOT, "dist", "testees", ...path);
  return async () => {
    if (!existsSync(file))
      throw new AdapterError(`${file} is missing: build the package first (\`npx tsc -b\`)`);
    return [process.execPath, file];
  };
}

/** Has the Python environment set up, and returns its interpreter. */
async function pythonEnvironment(): Promise<string> {
  const setup: unknown = await import(pathToFileURL(join(PYTHON_EVENTY, "setup.mjs")).href);
  if (!isSetup(setup))
    throw new AdapterError("setup.mjs of python-eventy exports no function pythonEnvironment");
  try {
    return await setup.pythonEnvironment();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AdapterError(`cannot set up Python for python-eventy: ${reason}`, { cause });
  }
}

function isSetup(module: unknown): module is { pythonEnvironment(): Promise<string> } {
  return (
    typeof module === "object" &&
    module !== null &&
    "pythonEnvironment" in module &&
    typeof module.pythonEnvironment === "function"
  );
}
