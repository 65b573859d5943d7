import type { BoundCase } from "../case.js";
import { createTopic, mustBeRefused, read, reading, write, writing } from "../scenario/command.js";
import { BEGIN } from "../scenario/cursors.js";
import { mustBe, note, notes, numbered, textsOf } from "./compare.js";
import { store } from "./define.js";
import { opened, reopened } from "./opened.js";

/** Creating topics. */
export const topicCases: readonly BoundCase[] = [
  store({
    name: "smoke",
    title: "what is written to a topic can be read",
    requirements: ["STO-006", "STO-010"],
    smoke: true,
    async run(context) {
      const testee = await opened(context, { notes: 1 });
      await write(testee, notes("notes", numbered("a", 3)));
      mustBe(textsOf(await read(testee, { topic: "notes" })), numbered("a", 3), "the topic");
    },
  }),
  store({
    name: "topic.mismatch",
    title: "a topic keeps its number of partitions: another one is refused",
    requirements: ["STO-001"],
    async run(context) {
      const testee = await opened(context, { notes: 3 });
      const command = { case: "createTopic", value: { topic: "notes", partitions: 4 } } as const;
      await mustBeRefused(testee, command, "TOPIC_MISMATCH");
      const [first, second] = await write(testee, [
        note("notes", "a", { key: "foobar" }),
        note("notes", "b", { key: "a" }),
      ]);
      mustBe([`${first?.partition} ${second?.partition}`], ["0 1"], "where keys go");
    },
  }),
  store({
    name: "topic.again",
    title: "a topic that is created again stays as it is",
    requirements: ["STO-002"],
    async run(context) {
      const testee = await opened(context, { notes: 2 });
      await write(testee, [note("notes", "a", { partition: 1 })]);
      await createTopic(testee, "notes", 2);
      if (context.binding.name !== "memory") await createTopic(await reopened(context), "notes", 2);
      const [position] = await write(testee, [note("notes", "b", { partition: 1 })]);
      mustBe([String(position?.offset)], ["1"], "the next offset");
      mustBe(textsOf(await read(testee, { topic: "notes", partition: 1 })), ["a", "b"], "the partition");
    },
  }),
  store({
    name: "topic.unknown",
    title: "a topic that was not created is neither written nor read",
    requirements: ["STO-003"],
    async run(context) {
      const testee = await opened(context);
      await mustBeRefused(testee, reading({ topic: "notes", cursor: BEGIN }), "UNKNOWN_TOPIC");
      await mustBeRefused(testee, writing([note("notes", "a")]), "UNKNOWN_TOPIC");
      await createTopic(testee, "notes", 1);
      mustBe(textsOf(await read(testee, { topic: "notes" })), [], "the topic");
    },
  }),
];
