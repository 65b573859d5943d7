import { create, type JsonValue, type MessageInitShape, toJson } from "@bufbuild/protobuf";
import type { EmitLine } from "../../src/cases/golden/line.js";
import { DraftSchema } from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../src/gen/proto/eventy/v3/record_pb.js";
import { doubleValue, type Plain, type PlainMap, toContext, toMap } from "../../src/oracle/values.js";
import { type Fields, recordJson, recordOf } from "./base.js";

type Context = { readonly [namespace: string]: PlainMap };
type Out = {
  readonly context?: Context;
  readonly partitionKey?: string | null;
  readonly correlationId?: string;
  readonly [field: string]: unknown;
};

const SERVICE = "urn:orders";
const UUID = "6ba7b810-9dad-41d1-80b4-00c04fd430c8";
const CORRELATION = "shop:checkout:x";

/** A draft of an event, but for the given fields. */
function draft(context: Context = {}, fields: MessageInitShape<typeof DraftSchema> = {}): JsonValue {
  return toJson(
    DraftSchema,
    create(DraftSchema, {
      type: RecordType.EVENT,
      name: "OrderPaid",
      data: toMap({ order: 42 }),
      context: toContext(context),
      ...fields,
    }),
  );
}

function input(context: Context = {}, fields: Fields = {}): Fields {
  return { uuid: UUID, correlationId: CORRELATION, partitionKey: "42", context, ...fields };
}

function flow(hops: Plain, more: { [key: string]: Plain } = {}): Context {
  return { "urn:eventy:flow": { hops, causation_uuid: "f81d4fae-7dec-41d0-a765-00a0c91e6bf6", ...more } };
}

/** The part that outputs of the input have. */
function caused(hops: number): Context {
  return { "urn:eventy:flow": { hops, causation_uuid: UUID } };
}

/** An emitted record, without what differs each time. */
function output({
  context = {},
  partitionKey = "42",
  correlationId = CORRELATION,
  ...fields
}: Out = {}): JsonValue {
  const record = create(RecordSchema, {
    type: RecordType.EVENT,
    namespace: SERVICE,
    name: "OrderPaid",
    protocolVersion: "3.5.0",
    source: SERVICE,
    correlationId,
    context: toContext(context),
    payload: { case: "data", value: toMap({ order: 42 }) },
    ...fields,
  });
  if (partitionKey !== null) record.partitionKey = partitionKey;
  return toJson(RecordSchema, record);
}

/** What is emitted while a record is handled. */
function handling(
  id: string,
  title: string,
  requirements: string[],
  handled: Fields,
  drafts: JsonValue[],
  records: JsonValue[],
  service = SERVICE,
): EmitLine {
  return { id, title, service, input: recordJson(recordOf(handled)), drafts, records, requirements };
}

function root(
  id: string,
  title: string,
  requirements: string[],
  drafts: JsonValue[],
  records: JsonValue[],
): EmitLine {
  return { id, title, service: SERVICE, drafts, records, requirements };
}

function refuse(
  id: string,
  title: string,
  requirements: string[],
  handled: Fields | undefined,
  drafts: JsonValue[],
  code: string,
  service = SERVICE,
): EmitLine {
  const record = handled ? { input: recordJson(recordOf(handled)) } : {};
  return { id, title: `refuses ${title}`, service, ...record, drafts, refuse: { code }, requirements };
}

/** Parts of as many other services. */
function parts(count: number): Context {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`urn:service-${i}`, { i }]));
}

/** A context of one part of exactly this size as compact JSON. */
function sized(bytes: number, namespace = "urn:shop", text = ""): Context {
  const empty = Buffer.byteLength(JSON.stringify({ [namespace]: { v: text } }));
  return { [namespace]: { v: text + "x".repeat(bytes - empty) } };
}

const OWN: Context = { "urn:orders": { order: 42, step: 1 } };
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

const [CORRELATION_ID, KEY, CONTEXT] = ["correlation_id", "partition_key", "context"];
const FLOW = 'context["urn:eventy:flow"]';

/** What lines leave to others, by their ids: a defect is to be shown by the lines that are about it. */
const EXCEPT: readonly (readonly [ids: RegExp, except: readonly string[]])[] = [
  [/^(event|request|response|protocol-version)/, [CORRELATION_ID, KEY, CONTEXT]],
  [/^correlation-id/, [KEY, CONTEXT]],
  [/^partition-key/, [CORRELATION_ID, CONTEXT]],
  [/^(parts|reserved|several|own-|limit-(?!hops))/, [CORRELATION_ID, KEY, FLOW]],
  [/^(flow|limit-hops)/, [CORRELATION_ID, KEY]],
];

/** Context cases. */
export function emitLines(): EmitLine[] {
  const lines = [...composition(), ...inheritance(), ...ownPart(), ...roots(), ...violations(), ...limits()];
  return lines.map((line) => {
    const [, except] = EXCEPT.find(([ids]) => ids.test(line.id)) ?? [];
    return line.input && line.records?.length && except ? { ...line, except } : line;
  });
}

function composition(): EmitLine[] {
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

function inheritance(): EmitLine[] {
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

function ownPart(): EmitLine[] {
  const write = (
    id: string,
    title: string,
    requirements: string[],
    inherited: PlainMap | undefined,
    written: PlainMap,
    result: PlainMap | undefined,
  ) =>
    handling(
      `own-${id}`,
      title,
      requirements,
      input(inherited ? { [SERVICE]: inherited } : {}),
      [draft({ [SERVICE]: written })],
      [output({ context: { ...(result ? { [SERVICE]: result } : {}), ...caused(1) } })],
    );
  const kinds: PlainMap = {
    text: "\u0000",
    wide: 2n ** 63n - 1n,
    double: 0.1,
    yes: true,
    list: [1, null, []],
    map: { a: { b: null } },
  };
  return [
    write("new", "a service begins its part", ["CTX-012"], undefined, { order: 42 }, { order: 42 }),
    write(
      "add",
      "a key is added to the own part",
      ["CTX-012"],
      { order: 42 },
      { step: 1 },
      { order: 42, step: 1 },
    ),
    write(
      "replace",
      "a key of the own part is replaced",
      ["CTX-012"],
      { order: 42 },
      { order: "x" },
      { order: "x" },
    ),
    write(
      "replace-whole",
      "a map in the own part is replaced as a whole",
      ["CTX-012"],
      { map: { a: 1, b: 2 } },
      { map: { c: null } },
      { map: { c: null } },
    ),
    write("kinds", "the own part holds values of every kind", ["CTX-012"], undefined, kinds, kinds),
    write(
      "proto",
      "the own part holds any key",
      ["CTX-012", "REC-053"],
      undefined,
      new Map([
        ["__proto__", "x"],
        ["constructor", "y"],
        ["", "z"],
      ]),
      new Map([
        ["__proto__", "x"],
        ["constructor", "y"],
        ["", "z"],
      ]),
    ),
    write("delete", "null deletes a key", ["CTX-013"], { order: 42, step: 1 }, { step: null }, { order: 42 }),
    write(
      "delete-missing",
      "null deletes nothing where there is nothing",
      ["CTX-013"],
      { order: 42 },
      { step: null },
      { order: 42 },
    ),
    write(
      "delete-last",
      "an own part without keys is left out",
      ["CTX-014"],
      { order: 42 },
      { order: null },
      undefined,
    ),
    write(
      "delete-only",
      "null begins no part",
      ["CTX-013", "CTX-014"],
      undefined,
      { order: null },
      undefined,
    ),
    write(
      "inherited-null",
      "an inherited null stays",
      ["CTX-012"],
      { gone: null },
      { step: 1 },
      { gone: null, step: 1 },
    ),
    handling(
      "own-empty",
      "an inherited own part without keys is left out",
      ["CTX-014"],
      input({ [SERVICE]: {} }),
      [draft()],
      [output({ context: caused(1) })],
    ),
  ];
}

function roots(): EmitLine[] {
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

function violations(): EmitLine[] {
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

function limits(): EmitLine[] {
  const limit = "LIMIT_EXCEEDED";
  const hops = [-1, 1.5, null, "3", true, [1]];
  const reserved = {
    "urn:eventy:trace": { traceparent: "x".repeat(9000) },
    "urn:eventy:a": {},
    "urn:eventy:b": {},
  };
  const texts: [string, string][] = [
    ["escaped", '"\\\b\t\n\f\r'],
    ["control", "\u0000\u001f"],
    ["unescaped", "\u007f\u2028/\u00e9"],
    ["emoji", "\ud83d\ude80"],
  ];
  const numbers = { a: 1e21, b: 5e-324, c: 2n ** 63n - 1n, d: -0.5, e: 123456789.125, f: 1e-7 };
  const padded = (bytes: number) => ({
    [SERVICE]: {
      ...numbers,
      pad: "x".repeat(
        bytes -
          Buffer.byteLength(
            '{"urn:orders":{"a":1e+21,"b":5e-324,"c":9223372036854775807,"d":-0.5,"e":123456789.125,"f":1e-7,"pad":""}}',
          ),
      ),
    },
  });
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
    handling(
      "limit-bytes",
      "8192 bytes are carried",
      ["CTX-029", "CTX-031"],
      input(sized(8192)),
      [draft()],
      [output({ context: { ...sized(8192), ...caused(1) } })],
    ),
    handling(
      "limit-bytes-own",
      "an own part of 8192 bytes is carried",
      ["CTX-029"],
      input(),
      [draft(sized(8192, SERVICE))],
      [output({ context: { ...sized(8192, SERVICE), ...caused(1) } })],
    ),
    refuse(
      "limit-bytes-8193",
      "8193 bytes on emission",
      ["CTX-026", "CTX-030", "CTX-031"],
      input(),
      [draft(sized(8193, SERVICE))],
      limit,
    ),
    refuse(
      "limit-bytes-root",
      "8193 bytes of a root",
      ["CTX-026", "CTX-030"],
      undefined,
      [draft(sized(8193, SERVICE))],
      limit,
    ),
    refuse(
      "arrival-bytes-8193",
      "8193 bytes on arrival",
      ["CTX-028", "CTX-030"],
      input(sized(8193)),
      [],
      limit,
    ),
    ...texts.flatMap(([id, text]) => [
      handling(
        `limit-text-${id}`,
        `8192 bytes are counted as compact JSON (${id})`,
        ["CTX-029"],
        input(sized(8192, "urn:shop", text)),
        [draft()],
        [output({ context: { ...sized(8192, "urn:shop", text), ...caused(1) } })],
      ),
      refuse(
        `limit-text-${id}-8193`,
        `8193 bytes, counted as compact JSON (${id})`,
        ["CTX-026", "CTX-028"],
        input(sized(8193, "urn:shop", text)),
        [draft()],
        limit,
      ),
    ]),
    handling(
      "limit-numbers",
      "8192 bytes with numbers are carried",
      ["CTX-029"],
      input(),
      [draft(padded(8192))],
      [output({ context: { ...padded(8192), ...caused(1) } })],
    ),
    refuse(
      "limit-numbers-8193",
      "8193 bytes with numbers",
      ["CTX-026"],
      input(),
      [draft(padded(8193))],
      limit,
    ),
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
