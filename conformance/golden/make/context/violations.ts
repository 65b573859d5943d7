import type { EmitLine } from "../../../src/cases/golden/line.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { CORRELATION, draft, input, refuse } from "./emissions.js";

/** Drafts that must be refused. */
export function violations(): EmitLine[] {
  const violation = "CONTEXT_VIOLATION";
  const response = { type: RecordType.RESPONSE };
  const reserved = [
    "urn:eventy:flow",
    "urn:eventy:trace",
    "urn:eventy:identity",
    "urn:eventy:later",
    "urn:eventy",
  ];
  const bad = [
    "orders",
    "URN:orders",
    "urn:",
    "urn:a.b",
    "urn:a::b",
    "urn:-a",
    "urn:a:",
    "urn:a b",
    "urn:\u00e9",
    "urn:a\n",
    "",
  ];
  return [
    refuse(
      "correlation-id-set",
      "a correlation id inside a handler",
      ["CTX-007"],
      input(),
      [draft({}, { correlationId: "other" })],
      violation,
    ),
    refuse(
      "correlation-id-same",
      "a correlation id inside a handler, be it the same",
      ["CTX-007"],
      input(),
      [draft({}, { correlationId: CORRELATION })],
      violation,
    ),
    refuse(
      "response-to-event",
      "a response to an event",
      ["CTX-004"],
      input(),
      [draft({}, response)],
      violation,
    ),
    refuse(
      "response-to-response",
      "a response to a response",
      ["CTX-004"],
      input({}, { type: "RESPONSE" }),
      [draft({}, response)],
      violation,
    ),
    refuse(
      "other-part",
      "a write into another's part",
      ["CTX-015"],
      input(),
      [draft({ "urn:shop": { basket: 1 } })],
      violation,
    ),
    refuse(
      "other-part-null",
      "a deletion in another's part",
      ["CTX-015"],
      input({ "urn:shop": { basket: 1 } }),
      [draft({ "urn:shop": { basket: null } })],
      violation,
    ),
    refuse(
      "other-part-longer",
      "a write into a part whose URN extends the service's",
      ["CTX-015"],
      input(),
      [draft({ "urn:orders:eu": { a: 1 } })],
      violation,
    ),
    refuse(
      "other-part-shorter",
      "a write into a part whose URN the service's extends",
      ["CTX-015"],
      input(),
      [draft({ "urn:orders": { a: 1 } })],
      violation,
      "urn:orders:eu",
    ),
    ...reserved.map((urn, i) =>
      refuse(
        `reserved-${i}`,
        `a write into ${urn}`,
        ["CTX-016"],
        input(),
        [draft({ [urn]: { a: 1 } })],
        violation,
      ),
    ),
    refuse(
      "reserved-own",
      "a write into a reserved part by a service of that name",
      ["CTX-016"],
      input(),
      [draft({ "urn:eventy:mine": { a: 1 } })],
      violation,
      "urn:eventy:mine",
    ),
    refuse(
      "one-of-three",
      "all drafts if it refuses one",
      ["CTX-018"],
      input(),
      [draft(), draft(), draft({ "urn:shop": { a: 1 } })],
      violation,
    ),
    refuse(
      "first-of-two",
      "all drafts if it refuses the first",
      ["CTX-018"],
      input(),
      [draft({}, { correlationId: "x" }), draft()],
      violation,
    ),
    refuse("name-empty", "an empty name", ["REC-013"], input(), [draft({}, { name: "" })], "INVALID_RECORD"),
    ...bad.map((urn, i) =>
      refuse(
        `target-${i}`,
        `the target ${JSON.stringify(urn)}`,
        ["REC-009"],
        input(),
        [draft({}, { type: RecordType.REQUEST, target: urn })],
        "INVALID_RECORD",
      ),
    ),
    ...bad
      .slice(0, 4)
      .map((urn, i) =>
        refuse(
          `service-${i}`,
          `to emit as ${JSON.stringify(urn)}`,
          ["REC-009"],
          input(),
          [draft()],
          "INVALID_RECORD",
          urn,
        ),
      ),
    refuse(
      "destination-dot",
      "a response to a source with a full stop",
      ["REC-009"],
      input({}, { type: "REQUEST", source: "urn:a.b" }),
      [draft({}, response)],
      "INVALID_RECORD",
    ),
  ];
}
