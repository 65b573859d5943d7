import type { BoundCase } from "../case.js";
import { mustBeRefused, read, reading, write } from "../scenario/command.js";
import { BEGIN, from } from "../scenario/cursors.js";
import { mustBe, notes, numbered, textsOf } from "./compare.js";
import { DURABLE, store } from "./define.js";
import { opened, reopened } from "./opened.js";

/** What was erased, as retention does it. */
export const retentionCases: readonly BoundCase[] = [
  store({
    name: "read.position-lost",
    title: "reading from an offset that was erased is refused: that position is lost",
    requirements: ["STO-017"],
    bindings: DURABLE,
    async run(context) {
      let testee = await opened(context, { notes: 1 });
      await write(testee, notes("notes", numbered("a", 6)));
      await context.backdoor.erase("notes", 0, 4);
      testee = await reopened(context);
      const lost = reading({ topic: "notes", cursor: from(2) });
      await mustBeRefused(testee, lost, "POSITION_LOST");
      mustBe(textsOf(await read(testee, { topic: "notes", cursor: from(4) })), ["a4", "a5"], "what is left");
      mustBe(textsOf(await read(testee, { topic: "notes", cursor: BEGIN })), ["a4", "a5"], "from BEGIN on");
    },
  }),
];
