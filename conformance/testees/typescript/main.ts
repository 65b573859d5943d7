// The TypeScript SDK as a testee.
import { answer } from "./answer.js";
import { serve } from "./serve.js";

await serve(answer);
