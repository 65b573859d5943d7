import { Policy } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { BoundCase } from "../case.js";
import { handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { stored, tick, ticks } from "../scenario/ticks.js";
import { mustBeCalled } from "./called.js";
import { type Definition, processing } from "./define.js";

/** What bytes are taken for when they arrive. */
export const arrivalCases: readonly BoundCase[] = [
  ...processing({
    name: "without-content-type",
    title: "a record without the header content-type is recognised from its bytes",
    requirements: ["PRC-003"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      await scenario.writeBytes(ticks(2).map((record) => ({ ...stored(record), headers: {} })));
      await scenario.runToEnd({ handlers: [handler(guarantee)] });
      scenario.judge();
      mustBeCalled(scenario, { h: "0 1" }, "PRC-003");
    },
  }),
  ...processing({
    ...wrongContentType("application/vnd.eventy.v3+avro", "PRC-003"),
    name: "wrong-content-type",
    title: "the header content-type is believed: bytes of another encoding are no record",
  }),
  ...processing({
    ...wrongContentType("application/x-unknown", "COD-011"),
    name: "unknown-content-type",
    title: "a content type that nobody knows is refused, whatever the bytes look like",
  }),
  ...processing({
    name: "unknown-field",
    title: "a record with a field that is not known yet is handled",
    requirements: ["REC-006"],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const { value, ...rest } = stored(tick(0));
      const text = Buffer.from(value ?? [])
        .toString()
        .replace(/^\{/, '{"new_in_3_9":[1],');
      await scenario.writeBytes([{ ...rest, value: Buffer.from(text) }]);
      await scenario.runToEnd({ handlers: [handler(guarantee)] });
      scenario.judge();
      mustBeCalled(scenario, { h: "0" }, "REC-006");
    },
  }),
];

/** Of three records, the one in the middle has a content type that it is not of. */
function wrongContentType(
  contentType: string,
  requirement: string,
): Pick<Definition, "requirements" | "run"> {
  return {
    requirements: [requirement],
    async run(context, guarantee) {
      const scenario = await Scenario.begin(context);
      const headers = { "content-type": contentType };
      await scenario.writeBytes([stored(tick(0)), { ...stored(tick(1)), headers }, stored(tick(2))]);
      await scenario.runToEnd({ handlers: [handler(guarantee)], undecodable: Policy.SKIP });
      mustBeCalled(scenario, { h: "0 2" }, requirement);
    },
  };
}
