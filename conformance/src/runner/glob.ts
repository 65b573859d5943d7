/**
 * Turns a glob over case ids into a pattern for the whole id.
 *
 * `*` stands for any characters, dots included, `?` for one; everything else for itself.
 */
export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.|+()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`);
}
