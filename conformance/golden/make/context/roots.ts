import type { EmitLine } from "../../../src/cases/golden/line.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { draft, output, refuse, root, SERVICE } from "./emissions.js";

/** What is emitted outside of handlers. */
export function roots(): EmitLine[] {
  const set = { correlationId: "svc:op:1" };
  const alone = { partitionKey: null, correlationId: "svc:op:1" };
  return [
    root(
      "root",
      "a root has the correlation id of its draft, and no flow",
      ["CTX-022", "CTX-023", "CTX-024"],
      [draft({}, set)],
      [output(alone)],
    ),
    root(
      "root-partition-key",
      "a root has the partition key of its draft",
      ["CTX-024"],
      [draft({}, { ...set, partition: { case: "partitionKey", value: "" } })],
      [output({ ...alone, partitionKey: "" })],
    ),
    root(
      "root-own-part",
      "a root begins the own part of its service",
      ["CTX-012", "CTX-013", "CTX-023"],
      [draft({ [SERVICE]: { order: 42, step: null } }, set)],
      [output({ ...alone, context: { [SERVICE]: { order: 42 } } })],
    ),
    root(
      "root-empty-part",
      "a root has no own part without keys",
      ["CTX-014"],
      [draft({ [SERVICE]: { step: null } }, set)],
      [output(alone)],
    ),
    root(
      "root-request",
      "a root may be a request",
      ["CTX-002"],
      [draft({}, { ...set, type: RecordType.REQUEST, target: "urn:payments" })],
      [output({ ...alone, type: RecordType.REQUEST, namespace: "urn:payments" })],
    ),
    refuse(
      "root-correlation-id-empty",
      "an empty correlation id",
      ["REC-030"],
      undefined,
      [draft({}, { correlationId: "" })],
      "INVALID_RECORD",
    ),
    refuse(
      "root-response",
      "a response to nothing",
      ["CTX-004"],
      undefined,
      [draft({}, { type: RecordType.RESPONSE })],
      "CONTEXT_VIOLATION",
    ),
    refuse(
      "root-other-part",
      "a root that writes into another's part",
      ["CTX-015"],
      undefined,
      [draft({ "urn:shop": { a: 1 } })],
      "CONTEXT_VIOLATION",
    ),
    refuse(
      "root-reserved",
      "a root that writes into a reserved part",
      ["CTX-016"],
      undefined,
      [draft({ "urn:eventy:identity": { user_id: "root" } })],
      "CONTEXT_VIOLATION",
    ),
  ];
}
