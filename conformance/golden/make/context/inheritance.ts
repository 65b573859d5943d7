import type { EmitLine } from "../../../src/cases/golden/line.js";
import { doubleValue, type Plain } from "../../../src/oracle/values.js";
import {
  type Context,
  caused,
  draft,
  flow,
  handling,
  input,
  OWN,
  output,
  SERVICE,
  UUID,
} from "./emissions.js";

/** What an output has from its input. */
export function inheritance(): EmitLine[] {
  const key = (value: string) => ({ partition: { case: "partitionKey", value } }) as const;
  const any = { partition: { case: "anyPartition", value: 0 } } as const;
  const trace = {
    "urn:eventy:trace": {
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      tracestate: "a=b",
    },
    "urn:eventy:identity": { user_id: "u-1" },
    "urn:eventy:later": { x: [1] },
    "urn:eventy": { y: 1 },
  };
  return [
    handling(
      "example",
      "the example of the specification",
      ["CTX-006", "CTX-009", "CTX-011", "CTX-012", "CTX-013", "CTX-017"],
      input({ ...OWN, "urn:shop": { basket: null }, ...flow(1) }),
      [draft({ [SERVICE]: { step: 2, order: null } })],
      [output({ context: { [SERVICE]: { step: 2 }, "urn:shop": { basket: null }, ...caused(2) } })],
    ),
    handling(
      "correlation-id",
      "an output has the correlation id of the input",
      ["CTX-006", "CTX-021"],
      input({}, { correlationId: "\ud83d\ude80 any text" }),
      [draft()],
      [output({ correlationId: "\ud83d\ude80 any text", context: caused(1) })],
    ),
    handling(
      "correlation-id-empty",
      "an input without a correlation id gives its uuid",
      ["CTX-008", "REC-030"],
      input({}, { correlationId: "" }),
      [draft(), draft()],
      [
        output({ correlationId: UUID, context: caused(1) }),
        output({ correlationId: UUID, context: caused(1) }),
      ],
    ),
    handling(
      "partition-key",
      "an output has the partition key of the input",
      ["CTX-009", "CTX-021"],
      input({}, { partitionKey: "p" }),
      [draft()],
      [output({ partitionKey: "p", context: caused(1) })],
    ),
    handling(
      "partition-key-empty",
      "an empty partition key is inherited",
      ["CTX-009", "REC-032"],
      input({}, { partitionKey: "" }),
      [draft()],
      [output({ partitionKey: "", context: caused(1) })],
    ),
    handling(
      "partition-key-null",
      "no partition key is inherited",
      ["CTX-009", "REC-032"],
      input({}, { partitionKey: null }),
      [draft()],
      [output({ partitionKey: null, context: caused(1) })],
    ),
    handling(
      "partition-key-set",
      "a draft sets a partition key, an empty one, or none",
      ["CTX-010", "REC-032"],
      input(),
      [draft({}, key("p")), draft({}, key("")), draft({}, any)],
      [
        output({ partitionKey: "p", context: caused(1) }),
        output({ partitionKey: "", context: caused(1) }),
        output({ partitionKey: null, context: caused(1) }),
      ],
    ),
    handling(
      "partition-key-set-null",
      "a draft sets a partition key where the input has none",
      ["CTX-010"],
      input({}, { partitionKey: null }),
      [draft({}, key("p"))],
      [output({ partitionKey: "p", context: caused(1) })],
    ),
    handling(
      "parts",
      "every part of others is inherited unchanged",
      ["CTX-011", "CTX-021"],
      input(HARD),
      [draft()],
      [output({ context: { ...HARD, ...caused(1) } })],
    ),
    handling(
      "parts-proto",
      "parts under the keys of JavaScript's objects are inherited",
      ["CTX-011", "REC-053"],
      input(POLLUTED),
      [draft()],
      [output({ context: Object.fromEntries([...Object.entries(POLLUTED), ...Object.entries(caused(1))]) })],
    ),
    handling(
      "reserved",
      "reserved parts are inherited, known or not",
      ["CTX-011"],
      input(trace),
      [draft()],
      [output({ context: { ...trace, ...caused(1) } })],
    ),
    handling(
      "own-inherited",
      "the own part is inherited",
      ["CTX-012"],
      input(OWN),
      [draft()],
      [output({ context: { ...OWN, ...caused(1) } })],
    ),
    handling(
      "flow",
      "hops are counted, and the cause is named",
      ["CTX-017"],
      input(flow(7)),
      [draft()],
      [output({ context: caused(8) })],
    ),
    handling(
      "flow-double",
      "3 and 3.0 hops are the same",
      ["CTX-017", "REC-045"],
      input(flow(doubleValue(3))),
      [draft()],
      [output({ context: caused(4) })],
    ),
    handling(
      "flow-other-keys",
      "the part of the flow has exactly two keys",
      ["CTX-017"],
      input(flow(3, { other: 1 })),
      [draft()],
      [output({ context: caused(4) })],
    ),
    handling(
      "flow-without-hops",
      "a flow without hops counts as 0",
      ["CTX-017", "CTX-032"],
      input({ "urn:eventy:flow": { causation_uuid: 7 } }),
      [draft()],
      [output({ context: caused(1) })],
    ),
  ];
}

const HARD: Context = {
  "": { "": "" },
  "not a urn": { a: null },
  "urn:empty": {},
  __proto_: { x: 1 },
  "urn:numbers": { wide: 2n ** 63n - 1n, least: -(2n ** 63n), double: 0.1, big: 1e300, whole: 2 ** 60 },
  "urn:texts": new Map<string, Plain>([
    ["__proto__", "\u0000"],
    ["constructor", "\u2028"],
    ["", "\ud83d\ude80"],
    ["1", "e\u0301"],
  ]),
  "urn:nested": { list: [1, [null, { a: [] }]], map: { a: { b: null } } },
};
const POLLUTED: Context = Object.fromEntries([
  ["__proto__", { polluted: true }],
  ["constructor", { a: 1 }],
]);
