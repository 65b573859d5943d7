/**
 * The layers of the SDK, from the ground up. A folder imports only from those before it.
 * `context` and `codec` stand on `record`, and not on each other.
 */
const floors = [["gen"], ["record"], ["codec", "context"], ["store"], ["processing"], ["testing"]];

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const layerRules = floors.flatMap((folders, floor) =>
  folders.map((folder) => ({
    name: `layers: ${folder} imports what is below it`,
    severity: "error",
    from: { path: `^sdk-ts/src/${folder}/` },
    to: {
      path: "^sdk-ts/src/",
      pathNot: `^sdk-ts/src/(${[folder, ...floors.slice(0, floor).flat()].join("|")})/`,
    },
  })),
);

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...layerRules,
    {
      name: "layers: every folder of the SDK has a floor",
      comment: "A new folder of sdk-ts/src takes its place in `floors`.",
      severity: "error",
      from: { path: `^sdk-ts/src/(?!(${floors.flat().join("|")})/)[^/]+/` },
      to: {},
    },
    {
      name: "the suite judges from outside: it never imports the SDK",
      comment:
        "One bug could hide in both. The TypeScript testee and the mutants wrap the SDK, as any testee would.",
      severity: "error",
      from: { path: "^conformance/src/" },
      to: { path: "^(sdk-ts|conformance/(testees|mutants))/" },
    },
    {
      name: "the SDK imports neither suite nor tools",
      severity: "error",
      from: { path: "^sdk-ts/" },
      to: { path: "^(conformance|tools)/" },
    },
    {
      name: "sources import no tests",
      severity: "error",
      from: { pathNot: "^[^/]+/test/" },
      to: { path: "^[^/]+/test/" },
    },
    { name: "no cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "every import resolves", severity: "error", from: {}, to: { couldNotResolve: true } },
    {
      name: "what ships imports only dependencies",
      severity: "error",
      from: { path: "^(sdk-ts|conformance)/(src|testees|mutants)/" },
      // A peer dependency is installed by the user; here it is one for development too.
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer"] },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "/dist/"] },
    exclude: { path: ["/dist/.*\\.map$"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["types", "import", "default"] },
  },
};
