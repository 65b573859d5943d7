import { create } from "@bufbuild/protobuf";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import { type Plain, type PlainMap, toContext, toMap } from "../../oracle/values.js";
import { askDecode, unwrap } from "../ask.js";
import type { Case } from "../case.js";
import { PLACES } from "../codecs.js";
import { Failure } from "../failure.js";
import { mustEqual, mustRefuse } from "../judge.js";
import { loadGolden } from "./load.js";

/** A line of the files of eventy 3.4.0. */
export interface InteropLine {
  readonly id: string;
  readonly format: "json" | "avro";
  readonly bytes_base64: string;
  /** What eventy 3.4.0 read in its own bytes; the properties of its objects. */
  readonly record?: OriginalRecord;
  readonly why?: string;
}

interface OriginalRecord {
  readonly type: "EVENT" | "REQUEST" | "RESPONSE";
  readonly namespace: string;
  readonly name: string;
  readonly protocol_version: string;
  readonly version: string;
  readonly source: string;
  readonly uuid: string;
  readonly correlation_id: string;
  readonly partition_key: string | null;
  readonly date_timestamp: number;
  readonly destination?: string;
  readonly request_uuid?: string;
  readonly ok?: boolean;
  readonly error_code?: number | null;
  readonly error_message?: string | null;
  readonly context: { readonly [namespace: string]: PlainMap };
  readonly data: PlainMap;
}

/** The lines of a file of eventy 3.4.0. */
export function interopLines(file: "json" | "avro" | "rejects"): readonly InteropLine[] {
  return loadGolden<InteropLine>(`eventy-3.4.0/${file}.jsonl`);
}

/** The neutral record that eventy 3.4.0 read. */
export function originalRecord(original: OriginalRecord): NeutralRecord {
  return create(RecordSchema, {
    type: RecordType[original.type],
    namespace: original.namespace,
    name: original.name,
    protocolVersion: original.protocol_version,
    version: original.version,
    source: original.source,
    uuid: original.uuid,
    correlationId: original.correlation_id,
    date: BigInt(original.date_timestamp),
    destination: original.destination ?? "",
    requestUuid: original.request_uuid ?? "",
    ok: original.ok ?? false,
    ...(original.partition_key === null ? {} : { partitionKey: original.partition_key }),
    ...(original.error_code == null ? {} : { errorCode: original.error_code }),
    ...(original.error_message == null ? {} : { errorMessage: original.error_message }),
    context: toContext(plainMap(original.context) as { [namespace: string]: PlainMap }),
    payload: { case: "data", value: toMap(plainMap(original.data)) },
  });
}

function plainMap(map: PlainMap): { readonly [key: string]: Plain } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, plain(value)]));
}

/** A value of a line, where `$int` and `$bytes` stand for what JSON has no form of. */
function plain(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const { $int, $bytes } = value as { $int?: string; $bytes?: string };
  if ($int !== undefined) return BigInt($int);
  if ($bytes !== undefined) return new Uint8Array(Buffer.from($bytes, "base64"));
  return plainMap(value as PlainMap);
}

/** Cases of the bytes of eventy 3.4.0, one a file. */
export const interopCases: readonly Case[] = [interopCase("json"), interopCase("avro"), rejectsCase()];

function interopCase(format: "json" | "avro"): Case {
  const { profile, prefix, capabilities } = PLACES[format];
  return {
    id: `${prefix}.eventy-3.4.0`,
    title: `reads what eventy 3.4.0 wrote in ${format === "json" ? "JSON" : "Avro"}`,
    requirements: ["VER-007", "COD-001", "REC-042", "REC-043", "REC-052", "REC-053"],
    profile,
    capabilities,
    async run({ testee, progress }) {
      const lines = interopLines(format);
      for (const [i, { id, bytes_base64, record }] of lines.entries()) {
        const bytes = Buffer.from(bytes_base64, "base64");
        const actual = unwrap(await askDecode(testee, { encoding: format, bytes }), `the line ${id}`);
        if (record) mustEqual(originalRecord(record), actual);
        progress(i + 1, lines.length);
      }
    },
  };
}

function rejectsCase(): Case {
  const { profile, prefix, capabilities } = PLACES.json;
  return {
    id: `${prefix}.eventy-3.4.0-rejects`,
    title: "refuses what eventy 3.4.0 refused",
    requirements: ["REC-001", "REC-003", "REC-004", "REC-010", "REC-011", "REC-015", "REC-024", "REC-034"],
    profile,
    capabilities,
    async run({ testee, progress }) {
      const control = interopLines("json")[0];
      if (!control) throw new Failure("WRONG-VALUE", "no lines");
      unwrap(
        await askDecode(testee, { encoding: "json", bytes: Buffer.from(control.bytes_base64, "base64") }),
        control.id,
      );
      const lines = interopLines("rejects");
      for (const [i, { id, format, bytes_base64, why }] of lines.entries()) {
        const answer = await askDecode(testee, {
          encoding: format,
          bytes: Buffer.from(bytes_base64, "base64"),
        });
        mustRefuse(answer, `the line ${id} (${why})`);
        progress(i + 1, lines.length);
      }
    },
  };
}
