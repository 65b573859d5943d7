import type { BoundCase } from "../case.js";
import { type CursorInit, from, mustBeRefused, read, write } from "../scenario/command.js";
import { mustBe, note, numbered, textsOf } from "./compare.js";
import { DURABLE, store } from "./define.js";
import { opened, reopened } from "./opened.js";

const BEGIN: CursorInit = { cursor: { case: "begin", value: {} } };

/** What was erased, as retention does it. */
export const retentionCases: readonly BoundCase[] = [
  store({
    name: "read.position-lost",
    title: "reading from an offset that was erased is refused: that position is lost",
    requirements: ["STO-017"],
    bindings: DURABLE,
    async run(context) {
      let testee = await opened(context, { notes: 1 });
      await write(
        testee,
        numbered("a", 6).map((text) => note("notes", text)),
      );
      await context.backdoor.erase("notes", 0, 4);
      testee = await reopened(context);
      const lost = { case: "read", value: { topic: "notes", partition: 0, cursor: from(2) } } as const;
      await mustBeRefused(testee, lost, "POSITION_LOST");
      mustBe(textsOf(await read(testee, { topic: "notes", cursor: from(4) })), ["a4", "a5"], "what is left");
      mustBe(textsOf(await read(testee, { topic: "notes", cursor: BEGIN })), ["a4", "a5"], "from BEGIN on");
    },
  }),
];
