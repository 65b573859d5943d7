import type { Case } from "./case.js";
import { rootCase } from "./context/root-cases.js";
import { decodeCases } from "./golden/decode-cases.js";
import { emitCases } from "./golden/emit-cases.js";
import { encodeCases } from "./golden/encode-cases.js";
import { interopCases } from "./golden/interop.js";
import { writtenFormCases } from "./golden/written-form-cases.js";
import { bombCase } from "./hostile/bomb.js";
import { deepCases } from "./hostile/deep.js";
import { largeCases } from "./hostile/large.js";
import { truncatedCases } from "./hostile/truncated.js";
import { kafkaCases } from "./kafka/index.js";
import { processingCases } from "./processing/index.js";
import { contextSizeCase } from "./property/context-size.js";
import { fuzzCases } from "./property/fuzz.js";
import { inheritanceCase } from "./property/inheritance.js";
import { roundTripCases } from "./property/round-trip.js";
import { servedCases } from "./server/index.js";
import { storeCases } from "./store/index.js";

/** All cases of the suite. */
export const cases: readonly Case[] = [
  ...decodeCases(),
  ...encodeCases(),
  ...writtenFormCases,
  ...interopCases,
  ...truncatedCases,
  ...deepCases,
  bombCase,
  ...largeCases,
  ...roundTripCases,
  ...fuzzCases,
  ...emitCases(),
  rootCase,
  inheritanceCase,
  contextSizeCase,
  ...storeCases,
  ...processingCases,
  ...servedCases,
  ...kafkaCases,
];
