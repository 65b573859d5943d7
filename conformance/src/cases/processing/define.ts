import { BINDINGS, type BindingName, type Need } from "../binding.js";
import type { BoundCase, BoundContext } from "../case.js";
import type { GuaranteeName } from "../scenario/handlers.js";

/** A case for services that run with one guarantee after the other. */
export interface Definition {
  /** What its ids end with. */
  readonly name: string;
  readonly title: string;
  /** Default: all three. */
  readonly guarantees?: readonly GuaranteeName[];
  /** Requirements of all guarantees, and those of one. */
  readonly requirements: readonly string[] | ((guarantee: GuaranteeName) => readonly string[]);
  /** Default: all. */
  readonly bindings?: readonly BindingName[];
  readonly needs?: readonly Need[];
  /** Besides the guarantee. */
  readonly capabilities?: readonly string[];
  readonly smoke?: true;
  run(context: BoundContext, guarantee: GuaranteeName): Promise<void>;
}

const ALL: readonly GuaranteeName[] = ["alo", "amo", "eos"];

/** One case for each guarantee. */
export function processing(definition: Definition): readonly BoundCase[] {
  const {
    name,
    title,
    guarantees = ALL,
    requirements,
    bindings = BINDINGS,
    needs,
    capabilities,
    smoke,
  } = definition;
  return guarantees.map((guarantee) => ({
    id: `processing.${guarantee}.${name}`,
    title,
    requirements: typeof requirements === "function" ? requirements(guarantee) : requirements,
    profile: `processing.${guarantee}`,
    capabilities: [`guarantee.${guarantee}`, ...(capabilities ?? [])],
    bindings,
    ...(needs === undefined ? {} : { needs }),
    ...(smoke === undefined ? {} : { smoke }),
    run: (context) => definition.run(context, guarantee),
  }));
}

/** Guarantees under which a record that is not acknowledged comes again. */
export const REPEATING: readonly GuaranteeName[] = ["alo", "eos"];

/** The requirement that a guarantee is, in one. */
export const MAIN: { readonly [guarantee in GuaranteeName]: string } = {
  alo: "PRC-016",
  amo: "PRC-025",
  eos: "PRC-018",
};
