import { InvalidArgumentError } from "commander";

/** Reads an integer in a range. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max) {
      throw new InvalidArgumentError(`It must be an integer from ${min} to ${max}.`);
    }
    return value;
  };
}

/** Reads a number of seconds greater than 0. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 86_400)) throw new InvalidArgumentError("It must be a number of seconds.");
  return value;
}

/** Reads names separated by commas and adds them to those of earlier uses of the option. */
export function names(text: string, earlier: readonly string[] | undefined): readonly string[] {
  return [...(earlier ?? []), ...split(text)];
}

/** Reads names separated by commas, each of which must be one of a list. */
export function namesOf<T extends string>(allowed: readonly T[]): (text: string) => readonly T[] {
  return (text) =>
    split(text).map((name) => {
      const found = allowed.find((one) => one === name);
      if (found === undefined) throw new InvalidArgumentError(`It must be of ${allowed.join(", ")}.`);
      return found;
    });
}

function split(text: string): readonly string[] {
  return text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
}
