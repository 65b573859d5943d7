/**
 * What is wrong with the versions that a manifest asks for: each must be exact, so that the lock file and
 * the manifests cannot drift apart.
 *
 * @param {string} file its path, for the messages
 * @param {{ [field: string]: unknown }} manifest
 * @param {readonly string[]} own names of the repository's own packages
 * @returns {string[]}
 */
export function manifestProblems(file, manifest, own) {
  return ["dependencies", "devDependencies", "optionalDependencies"].flatMap((field) =>
    Object.entries(manifest[field] ?? {})
      .filter(([name, version]) => !own.includes(name) && !/^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(version))
      .map(
        ([name, version]) =>
          `${file}: ${field} asks for ${name} "${version}", which is not one exact version`,
      ),
  );
}

/**
 * What is wrong with a lock file: it must not name the registry that its author happened to use.
 *
 * @param {{ packages?: { [path: string]: { resolved?: string, link?: boolean } } }} lock
 * @returns {string[]}
 */
export function lockProblems(lock) {
  return Object.entries(lock.packages ?? {})
    .filter(([, { resolved, link }]) => resolved !== undefined && link !== true)
    .map(([path, { resolved }]) => `package-lock.json: ${path} names an address: ${resolved}`);
}
