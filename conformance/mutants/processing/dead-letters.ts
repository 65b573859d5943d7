import type { NewRecord } from "@eventy/sdk/store";
import { override } from "../kit/override.js";
import { type MutateParts, withClaims, withOptions, withOutputs } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

const LETTER = "eventy-dead-letter-";

/** Mutants of section 5.8: what is given up. */
export const deadLetterMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "PRC-036",
    {
      "drops the key of a dead letter": letters((letter) => ({ ...letter, key: null })),
      "drops the headers that the record had": letters(({ headers = {}, ...letter }) => ({
        ...letter,
        headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith(LETTER))),
      })),
      "counts one attempt more in a dead letter": header(`${LETTER}attempts`, (attempts) =>
        String(Number(attempts) + 1),
      ),
      "writes the error of a dead letter without its code": header(`${LETTER}error`, (error) =>
        error.slice(error.indexOf(":") + 2),
      ),
      "cuts errors of dead letters after a few characters": header(`${LETTER}error`, (error) =>
        error.slice(0, 20),
      ),
      "names no group in a dead letter": header(`${LETTER}group`, () => ""),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-037",
    {
      "acknowledges without the dead letter": withOutputs((records) =>
        records.filter((one) => !isLetter(one)),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-038",
    { "stops at what it cannot decode": withOptions((options) => ({ undecodable: "stop", ...options })) },
    "memory",
  ),
  ...misprocessing(
    "PRC-039",
    {
      "gives a dead letter to all handlers that are for it": withClaims((claim) =>
        override(claim, {
          fetch: async (...args) => {
            const { records, next } = await claim.fetch(...args);
            const nameless = records.map((record) => {
              const { [`${LETTER}handler`]: _, ...headers } = record.headers;
              return { ...record, headers };
            });
            return { records: nameless, next };
          },
        }),
      ),
    },
    "memory",
  ),
];

function isLetter({ headers = {} }: NewRecord): boolean {
  return Object.hasOwn(headers, `${LETTER}topic`);
}

function letters(change: (letter: NewRecord) => NewRecord): MutateParts {
  return withOutputs((records) => records.map((one) => (isLetter(one) ? change(one) : one)));
}

function header(name: string, change: (value: string) => string): MutateParts {
  return letters(({ headers = {}, ...letter }) => ({
    ...letter,
    headers: { ...headers, [name]: change(headers[name] ?? "") },
  }));
}
