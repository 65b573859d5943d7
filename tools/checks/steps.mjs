/**
 * @typedef {object} Step
 * @property {string} name how to ask for this step alone
 * @property {string} title what holds when it passes
 * @property {readonly string[]} command arguments of Node.js
 * @property {string} hint what to do when it fails
 */

/** @type {readonly Step[]} */
export const steps = [
  {
    name: "packages",
    title: "the packed tarballs install, resolve and import",
    command: ["tools/checks/packages.mjs"],
    hint: "Look at `exports`, `files` and `dependencies` in the package.json of that workspace.",
  },
  {
    name: "types",
    title: "sources, tests and scripts type-check",
    command: ["tools/checks/types.mjs"],
    hint: "The messages name file and line; `npx tsc -b` and `npx tsc -p tsconfig.test.json` repeat them.",
  },
  {
    name: "lint",
    title: "formatted, and free of what the linter knows",
    command: ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "--colors=off"],
    hint: "`npm run format` mends most of it.",
  },
  {
    name: "layers",
    title: "imports go down only, without cycles",
    command: [
      "node_modules/dependency-cruiser/bin/dependency-cruise.mjs",
      "--config",
      ".dependency-cruiser.mjs",
      ".",
    ],
    hint: "Move the code to the floor where it belongs; the layers are listed in .dependency-cruiser.mjs.",
  },
  {
    name: "unused",
    title: "no unused file, export or dependency",
    command: ["node_modules/knip/bin/knip.js", "--no-progress"],
    hint: "Delete what is unused, or stop exporting it.",
  },
  {
    name: "generated",
    title: "generated files are those that the .proto files say",
    command: ["tools/generate.mjs", "--check"],
    hint: "`npm run generate`, then commit what it changed.",
  },
  {
    name: "spec",
    title: "the index of the spec is fresh, and every MUST has a case",
    command: ["tools/bin/eventy.js", "spec", "--check"],
    hint: "`npx eventy spec` writes the index; a MUST without a case needs one, or a stated reason.",
  },
  {
    name: "mutants",
    title: "each requirement has a case that notices when it is broken",
    command: ["conformance/dist/mutants/main.js", "--report", ".cache/mutants"],
    hint: "`npm run mutants -- --requirement ID` hunts the mutants of one requirement; a survivor needs a sharper case.",
  },
  {
    name: "manifests",
    title: "every version is exact, and the lock file names no registry",
    command: ["tools/checks/manifests.mjs"],
    hint: "Pin the version; `npm install` with the repository's .npmrc writes a lock file without addresses.",
  },
];
