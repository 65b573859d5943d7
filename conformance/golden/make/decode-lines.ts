import type { DecodeLine, EncodingName } from "../../src/cases/golden/line.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { base64, type Fields, recordJson, recordOf } from "./base.js";

/** What makes the lines of one encoding. */
interface DecodeLines {
  /** Bytes that must be read as this record, or as the plain one but for these fields. */
  readonly accept: (
    id: string,
    title: string,
    requirements: string[],
    bytes: Uint8Array | string,
    record: NeutralRecord | Fields,
  ) => DecodeLine;
  /** Bytes that must be refused with this error. */
  readonly refuse: (
    id: string,
    title: string,
    requirements: string[],
    bytes: Uint8Array | string,
    code: string,
  ) => DecodeLine;
}

/** Makes lines of bytes to be read in an encoding. */
export function decodeLines(encoding: EncodingName): DecodeLines {
  const line = (id: string, title: string, bytes: Uint8Array | string) => ({
    id,
    title,
    encoding,
    bytes_base64: base64(Buffer.from(bytes as string)),
  });
  return {
    accept: (id, title, requirements, bytes, record) => ({
      ...line(id, title, bytes),
      record: recordJson("$typeName" in record ? record : recordOf(record)),
      requirements,
    }),
    refuse: (id, title, requirements, bytes, code) => ({
      ...line(id, title, bytes),
      refuse: { code },
      requirements,
    }),
  };
}
