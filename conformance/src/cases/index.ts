import type { Case } from "./case.js";
import { decodeCases } from "./golden/decode-cases.js";
import { emitCases } from "./golden/emit-cases.js";
import { encodeCases } from "./golden/encode-cases.js";
import { interopCases } from "./golden/interop.js";
import { writtenFormCases } from "./golden/written-form-cases.js";

/** All cases of the suite. */
export const cases: readonly Case[] = [
  ...decodeCases(),
  ...encodeCases(),
  ...writtenFormCases,
  ...interopCases,
  ...emitCases(),
];
