import { Program } from "../program.js";

/** Starts a recipe as a user runs it, by its path among the recipes. */
export function startRecipe(path: string, ...args: readonly string[]): Program {
  return new Program(new URL(path, new URL("../../recipes/", import.meta.url)), ...args);
}

/** What a recipe prints that runs to its end. */
export async function outputOf(path: string, ...args: readonly string[]): Promise<readonly string[]> {
  const recipe = startRecipe(path, ...args);
  const code = await recipe.ended();
  if (code !== 0) throw new Error(`${path} ended with ${code}`);
  return recipe.lines;
}
