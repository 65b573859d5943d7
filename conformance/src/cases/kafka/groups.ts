import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { describeGroup, type GroupMember } from "../../kafka/groups.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import { fail, handler } from "../scenario/handlers.js";
import { of } from "../scenario/of.js";
import { Scenario } from "../scenario/scenario.js";
import { ticks } from "../scenario/ticks.js";
import { until } from "../scenario/until.js";
import { mustBe } from "../store/compare.js";
import { RUNS } from "../store/define.js";
import { mustStand } from "../store/must-stand.js";
import { kafka } from "./define.js";
import { asOther } from "./others.js";

const TOPIC = "source-events";
/** So many that it is no luck if they keep their order. */
const COUNT = 20;

/** Members of consumer groups, and where they come to the end. */
export const groupCases: readonly BoundCase[] = [
  kafka({
    name: "members",
    title: "members join the consumer group, and list the partitions on which they have claims",
    requirements: ["KAF-008", "STO-027"],
    needs: ["processes"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 4, leaseMs: 2000 });
      await scenario.write(ticks(4, (n) => ({ key: `k${n}` })));
      const plan = { handlers: [handler("eos")] };
      const first = await scenario.start(plan);
      for (let n = 0; n < 4; n++) await first.next("effect", of(n));
      const second = await scenario.start(plan, await scenario.another());
      const inspect = () => context.kafka.cluster.coordinator("group", "orders", describeGroup("orders"));
      await until(
        "both members have two partitions each",
        async () => (await inspect()).members.map(({ assigned }) => assigned.length).join() === "2,2",
        "STO-027",
      );
      const { protocolType, protocol, members } = await inspect();
      mustStand(
        [`${protocolType} ${protocol}`, ...members.map(({ topics }) => topics.join())],
        ["consumer cooperative-sticky", ...members.map(() => TOPIC)],
        "how the members have joined",
        { requirement: "KAF-008" },
      );
      // Only the first one had any when they joined the last time, and it has kept two of them.
      mustStand(
        members.map(owns).toSorted(),
        ["it owned all that it was given", "it owned nothing"],
        "what the members have listed",
        { requirement: "KAF-008" },
      );
      await first.stop();
      await second.stop();
      await scenario.look("both have ended", { settled: true });
      scenario.judge();
    },
  }),
  kafka({
    name: "ends-without-records",
    title: "a group is at the end of a partition whose last offsets hold no committed record",
    requirements: ["KAF-007", "PRC-050"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      await scenario.write(ticks(COUNT, () => ({ key: "k" })));
      await asOther(context, async (other) => {
        // One of them has nothing but this, the other one ends with it.
        for (const commits of [false, false])
          await other.transaction(commits, [
            [TOPIC, 0, { value: "aborted" }],
            [TOPIC, 1, { value: "aborted" }],
          ]);
      });
      await scenario.runToEnd({ handlers: [handler("eos")] });
      const all = Array.from({ length: COUNT }, (_, n) => String(n)).join(", ");
      if (scenario.calls().join(", ") !== all)
        throw new Failure("LOST", "the run ended before it had handled what is there", {
          requirement: "PRC-050",
          expected: all,
          actual: scenario.calls().join(", "),
        });
      // What its own transactions have left behind is passed over as well.
      await scenario.runToEnd({
        handlers: [handler("eos", { id: "own", namespace: "urn:orders", name: "Of-h" })],
      });
      scenario.judge();
    },
  }),
  kafka({
    name: "replay-ends-without-records",
    title: "a replay is at the end of a partition whose last offsets hold no committed dead letter",
    requirements: ["KAF-007", "PRC-050"],
    capabilities: RUNS,
    async run(context) {
      const scenario = await Scenario.begin(context, { partitions: 2 });
      await scenario.write(ticks(3, () => ({ key: "k" })));
      const onError = Policy.DEAD_LETTER;
      await scenario.runToEnd({ handlers: [handler("eos", { steps: [fail()], onError })] });
      await asOther(context, async (other) => {
        // One of them has nothing but this, the other one ends with it.
        await other.transaction(
          false,
          [0, 1].map((partition) => ["orders-dead-letters", partition, { value: "aborted" }] as const),
        );
      });
      const replay = await scenario.start({ handlers: [handler("eos")], replay: true });
      await scenario.endInOrder(replay);
      mustBe(scenario.calls("h", replay), ["0", "1", "2"], "what was replayed", { requirement: "PRC-050" });
    },
  }),
];

function owns({ owned, assigned }: GroupMember): string {
  const [one, other] = [owned, assigned].map((partitions) =>
    partitions
      .map(({ topic, partition }) => `${topic}/${partition}`)
      .toSorted()
      .join(", "),
  );
  if (one === "") return "it owned nothing";
  return one === other ? "it owned all that it was given" : `it owned ${one}, and was given ${other}`;
}
