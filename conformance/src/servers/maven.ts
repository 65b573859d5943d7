import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** A program from Maven Central. */
export interface MavenProgram {
  readonly name: string;
  /** The file that names it and all that it needs, with their exact versions. */
  readonly pom: string;
}

/** A slow network is not to hang for ever. */
const FETCH_MS = 600_000;

/** Why the jars of a program are not here and cannot be fetched, and what to do; undefined: nothing is known to be missing. */
export function mavenProblem(program: MavenProgram): string | undefined {
  if (existsSync(folderOf(program))) return undefined;
  const { error } = spawnSync("mvn", ["-version"], { encoding: "utf8" });
  if (error === undefined) return undefined;
  return `\`mvn\`, which fetches ${program.name}, does not start (${error.message}). Install Maven (Debian: apt-get install maven).`;
}

/**
 * The folder of the jars of a program. The first call on a machine fetches them from Maven Central.
 *
 * @throws Error that says why they cannot be fetched.
 */
export async function mavenJars(program: MavenProgram): Promise<string> {
  const folder = folderOf(program);
  if (existsSync(folder)) return folder;
  mkdirSync(dirname(folder), { recursive: true });
  const fetched = mkdtempSync(`${folder}-`);
  try {
    await fetchJars(program, fetched);
    // At one blow, so that nobody sees half of them; whoever else fetches them meanwhile fetches the same.
    if (!existsSync(folder)) renameSync(fetched, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(fetched, { recursive: true, force: true });
  }
  return folder;
}

async function fetchJars({ name, pom }: MavenProgram, folder: string): Promise<void> {
  const goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", `-DoutputDirectory=${folder}`];
  const args = ["--batch-mode", "--quiet", "--strict-checksums", "--file", pom, ...goal];
  try {
    await promisify(execFile)("mvn", args, { cwd: folder, timeout: FETCH_MS });
  } catch (error) {
    const { stdout = "", message } = error as Error & { stdout?: string };
    throw new Error(
      `Maven could not fetch ${name}. Is Maven Central within reach? If there is a mirror, name it in ~/.m2/settings.xml.\n${stdout || message}`,
    );
  }
}

/** In the cache of the user; another content of the pom is another folder. */
function folderOf({ name, pom }: MavenProgram): string {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  const hash = createHash("sha256").update(readFileSync(pom)).digest("hex");
  const words = name.toLowerCase().replaceAll(" ", "-");
  return join(cache, "eventy", `${words}-${hash.slice(0, 12)}`);
}
