// The TypeScript SDK as a testee.
import { sdkParts } from "./parts.js";
import { serve } from "./serve.js";
import { Testee } from "./testee.js";

const testee = new Testee(sdkParts);
await serve((command, say) => testee.answer(command, say));
