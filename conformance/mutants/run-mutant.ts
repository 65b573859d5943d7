// Runs the mutant of stores or processing that its argument names, as a testee.
import { sdkParts } from "../testees/typescript/parts.js";
import { serve } from "../testees/typescript/serve.js";
import { Testee } from "../testees/typescript/testee.js";
import { storeMutants } from "./store-mutants.js";

const [name] = process.argv.slice(2);
const mutant = storeMutants.find((one) => one.name === name);
if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
const testee = new Testee(mutant.mutate(sdkParts));
await serve((command, say) => testee.answer(command, say));
