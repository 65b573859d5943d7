import type { BoundCase, BoundContext } from "../case.js";
import { Failure } from "../failure.js";
import { ALL_RULES } from "../scenario/blame.js";
import { read } from "../scenario/command.js";
import { from } from "../scenario/cursors.js";
import { effect, emit, fail, handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { tick, ticks } from "../scenario/ticks.js";
import type { ControlledTestee } from "../testee.js";
import { processing, REPEATING } from "./define.js";

const TOPIC = "orders-events";
const MANY = 100_000;
/** So many outputs, and then the handler says that it is there: it is slow, but it does not hang. */
const AT_ONCE = 10_000;

/** What handlers emit. */
export const outputCases: readonly BoundCase[] = [
  ...processing({
    name: "many-outputs",
    title: "a handler emits 100,000 records for one",
    guarantees: REPEATING,
    requirements: ["PRC-022"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write([tick(0)]);
      const some = [emit("Of-h", { times: AT_ONCE }), effect("goes on")];
      const steps = Array.from({ length: MANY / AT_ONCE }, () => some).flat();
      await scenario.complete({ handlers: [handler(guarantee, { steps })] });
      if (context.binding.name === "kafka") await mustBeAll(context);
      else await mustBeAtTheirOffsets(await scenario.opened());
    },
  }),
  ...processing({
    name: "uuids",
    title: "the uuids of outputs are computed from the delivery and from what is emitted",
    requirements: ["PRC-044"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      const steps = [emit("First"), emit("Second", { times: 3 })];
      await scenario.runToEnd({ handlers: [handler(guarantee, { steps })] });
      scenario.judge({}, new Set(["output-uuid"]));
    },
  }),
  ...processing({
    name: "idempotency-key",
    title: "a handler is given a key for the outside world that is computed from the delivery",
    requirements: ["PRC-045"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      await scenario.runToEnd({ handlers: [handler(guarantee)] });
      scenario.judge({}, new Set(["idempotency-key"]));
    },
  }),
  ...processing({
    name: "repeated-uuids",
    title: "the outputs of a delivery that is tried again have the uuids that they would have had",
    guarantees: REPEATING,
    requirements: ["PRC-044", "PRC-045"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(3));
      const steps = [emit("First"), fail(2), emit("Second", { times: 3 }), emit("Third")];
      await scenario.runToEnd({ handlers: [handler(guarantee, { steps, retries: 2 })] });
      scenario.judge({}, ALL_RULES);
    },
  }),
  ...processing({
    name: "uuids-of-groups",
    title: "handlers and groups that emit the same for the same record give it uuids of their own",
    requirements: ["PRC-044", "PRC-045"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.write(ticks(2));
      const handlers = [
        handler(guarantee, { id: "a", group: "one", steps: [emit("Of-a", { times: 2 })] }),
        handler(guarantee, { id: "b", group: "one" }),
        handler(guarantee, { id: "c", group: "two" }),
      ];
      await scenario.runToEnd({ handlers });
      scenario.judge({}, ALL_RULES);
    },
  }),
];

/** Reads all outputs: what else has offsets there is no record. */
async function mustBeAll({ oracle }: BoundContext): Promise<void> {
  const outputs = await oracle.records(TOPIC);
  if (outputs.length !== MANY) throw notAll(`${outputs.length} outputs`);
  const wrong = outputs.findIndex(({ value }, i) => indexOf(value) !== String(i % AT_ONCE));
  if (wrong >= 0) throw notAll(`output ${indexOf(outputs[wrong]?.value)} as number ${wrong}`);
}

/** Reads some outputs, which is enough: the place of each says how many there are before it. */
async function mustBeAtTheirOffsets(testee: ControlledTestee): Promise<void> {
  for (const offset of [0, 54_321, MANY - 1]) {
    const [output] = await read(testee, { topic: TOPIC, cursor: from(offset), limit: 1 });
    const index = indexOf(output?.value);
    if (index !== String(offset % AT_ONCE)) throw notAll(`output ${index} at offset ${offset}`);
  }
  const more = await read(testee, { topic: TOPIC, cursor: from(MANY), limit: 1 });
  if (more.length > 0) throw notAll(`a record at offset ${MANY}`);
}

/** Which of the outputs of its step a record is. */
function indexOf(value: Uint8Array | null | undefined): string | undefined {
  return /"i": ?(\d+)/.exec(Buffer.from(value ?? []).toString())?.[1];
}

function notAll(actual: string): Failure {
  return new Failure("LOST", "not every output is there once, in order", {
    requirement: "PRC-022",
    expected: `${MANY} outputs, each at the offset of its number`,
    actual,
  });
}
