import { describeTopic } from "../../kafka/topics.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { createTopic, reading, writing } from "../scenario/command.js";
import { note } from "../store/compare.js";
import { mustStand } from "../store/must-stand.js";
import { opened } from "../store/opened.js";
import { kafka } from "./define.js";

/** What topics are, and that nobody makes any but who is told to. */
export const topicCases: readonly BoundCase[] = [
  kafka({
    name: "topic-settings",
    title: "a topic that was created keeps everything, for ever",
    requirements: ["KAF-001"],
    async run(context) {
      await opened(context, { notes: 3 });
      const { cluster } = context.kafka;
      const settings = await cluster.any(describeTopic("notes"));
      const { topics } = await cluster.describe();
      const partitions = topics.find(({ topic }) => topic === "notes")?.leaders.length;
      const names = ["cleanup.policy", "retention.ms", "retention.bytes"];
      mustStand(
        [`partitions=${partitions}`, ...names.map((name) => `${name}=${settings.get(name)}`)],
        ["partitions=3", "cleanup.policy=delete", "retention.ms=-1", "retention.bytes=-1"],
        "the topic",
      );
    },
  }),
  kafka({
    name: "no-topic-by-itself",
    title: "who asks for a topic that is not there does not have the cluster create it",
    requirements: ["KAF-002", "STO-003"],
    async run(context) {
      const testee = await opened(context);
      for (const command of [
        writing([note("never", "a")]),
        reading({ topic: "never" }),
        { case: "acknowledged", value: { group: "g", topic: "never", partition: 0 } },
      ] as const)
        await testee.call(command);
      // Topics are created one after the other: what was asked for before is there now, too.
      await createTopic(testee, "later", 1);
      const { topics } = await context.kafka.cluster.describe();
      if (topics.every(({ topic }) => topic !== "never")) return;
      throw new Failure("WRONG-VALUE", "a topic is there that nobody has created", {
        requirement: "KAF-002",
        actual: topics.map(({ topic }) => topic).join(", "),
      });
    },
  }),
];
