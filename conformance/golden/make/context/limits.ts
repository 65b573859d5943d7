import type { EmitLine } from "../../../src/cases/golden/line.js";
import { type Context, caused, draft, flow, handling, input, OWN, output, refuse } from "./emissions.js";
import { size } from "./size.js";

/** How much a context may hold. */
export function limits(): EmitLine[] {
  const limit = "LIMIT_EXCEEDED";
  const hops = [-1, 1.5, null, "3", true, [1]];
  const reserved = {
    "urn:eventy:trace": { traceparent: "x".repeat(9000) },
    "urn:eventy:a": {},
    "urn:eventy:b": {},
  };
  return [
    handling(
      "limit-namespaces",
      "64 namespaces are carried",
      ["CTX-029", "CTX-031"],
      input(parts(64)),
      [draft()],
      [output({ context: { ...parts(64), ...caused(1) } })],
    ),
    handling(
      "limit-namespaces-own",
      "63 namespaces and an own one are carried",
      ["CTX-029", "CTX-031"],
      input(parts(63)),
      [draft(OWN)],
      [output({ context: { ...parts(63), ...OWN, ...caused(1) } })],
    ),
    handling(
      "limit-reserved",
      "reserved namespaces are not counted",
      ["CTX-029"],
      input({ ...parts(64), ...reserved }),
      [draft()],
      [output({ context: { ...parts(64), ...reserved, ...caused(1) } })],
    ),
    refuse(
      "limit-namespaces-65",
      "a 65th namespace on emission",
      ["CTX-025", "CTX-030", "CTX-031"],
      input(parts(64)),
      [draft(OWN)],
      limit,
    ),
    refuse(
      "arrival-namespaces-65",
      "65 namespaces on arrival",
      ["CTX-028", "CTX-030"],
      input(parts(65)),
      [],
      limit,
    ),
    ...size(),
    handling(
      "limit-hops",
      "64 hops are carried",
      ["CTX-029", "CTX-031"],
      input(flow(63)),
      [draft()],
      [output({ context: caused(64) })],
    ),
    handling("limit-hops-arrival", "64 hops arrive", ["CTX-029", "CTX-031"], input(flow(64)), [], []),
    refuse(
      "limit-hops-65",
      "a 65th hop on emission",
      ["CTX-027", "CTX-030", "CTX-031"],
      input(flow(64)),
      [draft()],
      limit,
    ),
    refuse("arrival-hops-65", "65 hops on arrival", ["CTX-028", "CTX-030"], input(flow(65)), [], limit),
    refuse(
      "arrival-hops-far",
      "2^63 - 1 hops on arrival",
      ["CTX-028"],
      input(flow(2n ** 63n - 1n)),
      [],
      limit,
    ),
    ...hops.map((value, i) =>
      refuse(
        `hops-${i}`,
        `${JSON.stringify(value)} hops`,
        ["CTX-032"],
        input(flow(value)),
        [],
        "INVALID_RECORD",
      ),
    ),
  ];
}

/** Parts of as many other services. */
function parts(count: number): Context {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`urn:service-${i}`, { i }]));
}
