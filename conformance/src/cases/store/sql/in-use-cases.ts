import type { BoundCase } from "../../case.js";
import { Failure } from "../../failure.js";
import { mustBeError, read, write } from "../../scenario/command.js";
import { mustBe, note, textsOf } from "../compare.js";
import { store } from "../define.js";
import { opened } from "../opened.js";

/** Files that someone else has. */
export const inUseCases: readonly BoundCase[] = [
  store({
    name: "sqlite.in-use",
    title: "a file that another process has open is refused, and free again when that has ended",
    requirements: ["SQL-017"],
    bindings: ["sqlite"],
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      await write(testee, [note("notes", "a0")]);
      const other = await context.spawn();
      const open = { case: "open", value: context.binding.open } as const;
      // Some open the file only when there is something to do.
      let reply = await other.call(open);
      if (reply.case !== "failed")
        reply = await other.call({ case: "createTopic", value: { topic: "more", partitions: 1 } });
      if (reply.case !== "failed")
        throw new Failure("ACCEPTED", "a file is used that another process has open");
      mustBeError(other, reply.value, "STORE_IN_USE");
      await write(testee, [note("notes", "a1")]);
      await testee.kill();
      await other.call(open);
      mustBe(textsOf(await read(other, { topic: "notes" })), ["a0", "a1"], "what is there");
    },
  }),
];
