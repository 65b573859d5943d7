/**
 * Generates everything that comes from schemas/proto.
 *
 *   node tools/generate.mjs           writes it into the tree
 *   node tools/generate.mjs --check   writes nothing, and fails naming the files that are not up to date
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative } from "node:path";
import { root } from "./lib/root.mjs";
import { capture, run } from "./lib/run.mjs";

// Every file below these folders is made here: one that no plugin writes any more is removed. Elsewhere a
// plugin's files lie beside others (conformance/src/gen has the index of the requirements), which stay.
const folders = ["sdk-ts/src/gen", "conformance/src/gen/proto", "schemas/json", "schemas/avro"];

// Generated aside and then compared: a plugin that fails leaves the tree as it was.
const aside = mkdtempSync(join(tmpdir(), "eventy-generate-"));
try {
  process.exitCode = await generate(process.argv.includes("--check"));
} finally {
  rmSync(aside, { recursive: true, force: true });
}

/**
 * @param {boolean} check
 * @returns {Promise<number>} the exit code; what is wrong has been printed
 */
async function generate(check) {
  if ((await buf("lint")) !== 0) return 1;
  if (check && (await breaksReaders())) return 1;
  if ((await buf("generate", "--output", aside)) !== 0) return 1;
  const wanted = contents(aside, list(aside));
  const owned = folders.flatMap((folder) => list(join(root, folder)));
  const present = contents(root, [...owned, ...[...wanted.keys()].map((path) => join(root, path))]);
  const stale = differences(wanted, present);
  if (stale.length === 0) console.log("Generated files are up to date.");
  else if (check)
    console.error(`Run \`npm run generate\` and commit what changes:\n${stale.map(line).join("\n")}`);
  else for (const file of stale) update(file);
  return check && stale.length > 0 ? 1 : 0;
}

/** @param {...string} args */
function buf(...args) {
  const programs = join(root, "node_modules", ".bin");
  const env = { ...process.env, PATH: `${programs}${delimiter}${process.env["PATH"]}` };
  return run(join(programs, "buf"), args, { env });
}

/** Whether the schemas break what reads those of HEAD, where there is a HEAD that has any. */
async function breaksReaders() {
  const { code } = await capture("git", ["cat-file", "-e", "HEAD:buf.yaml"]);
  return code === 0 && (await buf("breaking", "--against", ".git#ref=HEAD")) !== 0;
}

/**
 * What files of a tree hold, by their path in it; those that do not exist are left out.
 *
 * @param {string} tree
 * @param {readonly string[]} paths
 */
function contents(tree, paths) {
  const present = paths.filter((path) => existsSync(path));
  return new Map(present.map((path) => [relative(tree, path), readFileSync(path)]));
}

/** @param {string} folder */
function list(folder) {
  mkdirSync(folder, { recursive: true });
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/**
 * What differs, in order of path; no `content`: the file is to be removed.
 *
 * @typedef {{ path: string, content: Buffer | undefined }} Difference
 * @param {Map<string, Buffer>} wanted
 * @param {Map<string, Buffer>} present
 * @returns {Difference[]}
 */
function differences(wanted, present) {
  const paths = [...new Set([...wanted.keys(), ...present.keys()])].sort();
  return paths
    .map((path) => ({ path, content: wanted.get(path) }))
    .filter(({ path, content }) => content === undefined || !present.get(path)?.equals(content));
}

/** @param {Difference} difference */
function line({ path, content }) {
  return `  ${path}${content === undefined ? " (is not generated)" : ""}`;
}

/** @param {Difference} difference */
function update({ path, content }) {
  const target = join(root, path);
  if (content === undefined) {
    rmSync(target);
    console.log(`removed ${path}`);
  } else {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    console.log(`wrote ${path}`);
  }
}
