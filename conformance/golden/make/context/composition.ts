import type { EmitLine } from "../../../src/cases/golden/line.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { caused, draft, handling, input, OWN, output, SERVICE, UUID } from "./emissions.js";

/** What an output is made of. */
export function composition(): EmitLine[] {
  const request = { type: RecordType.REQUEST, name: "Charge", target: "urn:payments:eu" };
  const response = { type: RecordType.RESPONSE, name: "Charge" };
  const handled = input({}, { type: "REQUEST", namespace: SERVICE, source: "urn:shop:instance-1" });
  const asked = {
    type: RecordType.REQUEST,
    name: "Charge",
    namespace: "urn:payments:eu",
    context: caused(1),
  };
  const answered = {
    type: RecordType.RESPONSE,
    name: "Charge",
    context: caused(1),
    destination: "urn:shop:instance-1",
    requestUuid: UUID,
    ok: true,
  };
  return [
    handling(
      "event",
      "an event is its service's",
      ["CTX-001", "CTX-005", "REC-021", "REC-028"],
      input(),
      [draft()],
      [output({ context: caused(1) })],
    ),
    handling(
      "protocol-version",
      "an output is of the implementation's own protocol version",
      ["REC-021"],
      input({}, { protocolVersion: "3.0.0" }),
      [draft()],
      [output({ context: caused(1) })],
    ),
    handling(
      "request",
      "a request is its target's",
      ["CTX-002", "CTX-005"],
      input(),
      [draft({}, request)],
      [output(asked)],
    ),
    handling(
      "request-to-oneself",
      "a service may ask itself",
      ["CTX-002"],
      input(),
      [draft({}, { ...request, target: SERVICE })],
      [output({ ...asked, namespace: SERVICE })],
    ),
    handling(
      "response",
      "a response goes to the source of the request",
      ["CTX-003", "CTX-005"],
      handled,
      [draft({}, response)],
      [output(answered)],
    ),
    handling("nothing", "no drafts, no records", ["CTX-021"], input(), [], []),
    handling(
      "several",
      "several drafts, each from the input alone",
      ["CTX-019", "REC-028"],
      { ...handled, context: OWN },
      [
        draft({ [SERVICE]: { step: 2, extra: true } }),
        draft({ [SERVICE]: { order: null } }, response),
        draft({}, request),
      ],
      [
        output({ context: { [SERVICE]: { order: 42, step: 2, extra: true }, ...caused(1) } }),
        output({ ...answered, context: { [SERVICE]: { step: 1 }, ...caused(1) } }),
        output({ ...asked, context: { ...OWN, ...caused(1) } }),
      ],
    ),
  ];
}
