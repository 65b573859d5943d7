import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./root.mjs";
import { capture } from "./run.mjs";

/**
 * @typedef {object} PackedPackage
 * @property {string} tarball what `npm publish` would send
 * @property {string} home a project that has the package installed, and what it declares, and nothing else
 * @property {string} installed the folder of the package in that project
 * @property {{ name: string, bin?: Record<string, string>, exports?: Record<string, unknown> }} manifest
 */

/**
 * Packs a workspace and installs the tarball in a project of its own, without a registry: dependencies are
 * links to those of the repository, and only the declared ones are there.
 *
 * @param {string} workspace
 * @param {string} folder where tarball and project are made
 * @returns {Promise<PackedPackage>}
 */
export async function packedPackage(workspace, folder) {
  const packing = await capture(
    "npm",
    ["pack", "--json", "--loglevel=error", `--pack-destination=${folder}`],
    {
      cwd: join(root, workspace),
    },
  );
  if (packing.code !== 0) throw new Error(`npm pack failed in ${workspace}:\n${packing.output}`);
  const manifest = JSON.parse(readFileSync(join(root, workspace, "package.json"), "utf8"));
  const tarball = join(folder, `${manifest.name.slice(1).replace("/", "-")}-${manifest.version}.tgz`);

  const home = join(folder, workspace);
  const installed = join(home, "node_modules", manifest.name);
  mkdirSync(installed, { recursive: true });
  const unpacking = await capture("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  if (unpacking.code !== 0) throw new Error(`tar could not unpack ${tarball}:\n${unpacking.output}`);
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }))
    link(workspace, home, name);
  return { tarball, home, installed, manifest };
}

/** @param {string} workspace @param {string} home @param {string} name */
function link(workspace, home, name) {
  const source = [join(root, workspace), root]
    .map((base) => join(base, "node_modules", name))
    .find(existsSync);
  if (source === undefined) throw new Error(`${workspace} declares ${name}, which is not installed`);
  const target = join(home, "node_modules", name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(source, target);
}
