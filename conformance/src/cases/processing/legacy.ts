import { placeUuid } from "../../checker/index.js";
import type { BoundCase } from "../case.js";
import { Failure } from "../failure.js";
import type { DecodeLine } from "../golden/line.js";
import { loadGolden } from "../golden/load.js";
import { handler } from "../scenario/handlers.js";
import { Scenario } from "../scenario/scenario.js";
import { processing } from "./define.js";

const SERVICE = "urn:com:example:orders";

/** Records of protocol 1, which have no uuid. */
export const legacyCases: readonly BoundCase[] = processing({
  name: "record-without-uuid",
  title:
    "a record of protocol 1 without a uuid takes one of its place: two of the same bytes are two records",
  requirements: ["PRC-046"],
  capabilities: ["codec.avro"],
  async run(context, guarantee) {
    const scenario = await Scenario.begin(context, { others: [SERVICE] });
    const line = loadGolden<DecodeLine>("avro/legacy.jsonl").find(({ id }) => id === "legacy-1");
    const value = Buffer.from(line?.bytes_base64 ?? "", "base64");
    const topic = "com.example.orders-events";
    const headers = { "content-type": "application/vnd.eventy.v3+avro" };
    await scenario.writeBytes([0, 1].map(() => ({ topic, partition: 0, value, headers })));
    const legacy = handler(guarantee, { namespace: SERVICE, name: "OrderPlaced", steps: [] });
    const run = await scenario.complete({ handlers: [legacy] });
    const uuids = run.events.flatMap((event) =>
      event.case === "invoked" ? [event.value.delivery?.uuid ?? ""] : [],
    );
    const expected = [0, 1].map((offset) => placeUuid({ topic, partition: 0, offset })).join(", ");
    if (uuids.join(", ") === expected) return;
    throw new Failure("WRONG-UUID", "a record without a uuid was not given that of its place", {
      requirement: "PRC-046",
      expected,
      actual: uuids.join(", "),
    });
  },
});
