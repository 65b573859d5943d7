import { fromJson, type JsonValue } from "@bufbuild/protobuf";
import { RecordSchema } from "../../gen/proto/eventy/v3/record_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import { askDecode, type ToDecode, unwrap } from "../ask.js";
import type { Case } from "../case.js";
import { ENCODINGS, PLACES, type Written } from "../codecs.js";
import { mustEqual, mustRefuse, mustRefuseAs } from "../judge.js";
import type { Testee } from "../testee.js";
import type { DecodeLine } from "./line.js";
import { loadGolden } from "./load.js";

// Each level of a value is three messages; the default limit is 100 messages.
const RECURSION = { recursionLimit: 1000 };

/** The record of a line. */
export function recordOfLine(json: JsonValue): NeutralRecord {
  return fromJson(RecordSchema, json, RECURSION);
}

/** The golden decode lines of an encoding. */
export function decodeLines(encoding: Written): readonly DecodeLine[] {
  const legacy = encoding === "avro" ? loadGolden<DecodeLine>("avro/legacy.jsonl") : [];
  return [...loadGolden<DecodeLine>(`${encoding}/decode.jsonl`), ...legacy];
}

// A line is of a few kilobytes. That the time is bounded by these is a requirement, and each reader that
// counts for ever takes the whole time-out.
const PATIENCE = 0.25;

/** What the testee is asked for a line. */
export function questionOf({ encoding, bytes_base64, schema, strict }: DecodeLine): ToDecode {
  return { encoding, bytes: Buffer.from(bytes_base64, "base64"), schema, strict, patience: PATIENCE };
}

/** A case for each golden line of bytes. */
export function decodeCases(): Case[] {
  return ENCODINGS.flatMap((encoding) => {
    const lines = decodeLines(encoding);
    const control = lines.find(({ id }) => id === "plain-event");
    if (!control) throw new Error(`no plain event in the golden file of ${encoding}`);
    return [
      ...lines.map((line) => decodeCase(encoding, line, control)),
      errorCodes(
        encoding,
        lines.filter(({ refuse }) => refuse),
      ),
    ];
  });
}

/** Requirements that are about the code itself: who refuses with another one breaks them. */
const ABOUT_CODES: ReadonlySet<string> = new Set(["REC-018", "COD-009"]);

function decodeCase(encoding: Written, line: DecodeLine, control: DecodeLine): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.decode.${line.id}`,
    title: line.title,
    requirements: line.requirements,
    profile,
    capabilities: [
      ...capabilities,
      ...(line.strict ? ["codec.json.strict"] : []),
      ...(line.encoding === "any" ? ["recognition"] : []),
    ],
    ...(line.id === "plain-event" && encoding !== "avro-single-object" ? { smoke: true } : {}),
    async run({ testee }) {
      if (line.record) return mustRead(testee, line);
      // Who refuses everything refuses nothing in particular.
      await mustRead(testee, control);
      const answer = await askDecode(testee, questionOf(line));
      const [code, what] = [line.refuse?.code ?? "", "bytes that it must refuse"];
      const isAboutCode = line.requirements.some((id) => ABOUT_CODES.has(id));
      if (isAboutCode && testee.capabilities.has("error-codes")) mustRefuseAs(answer, what, code);
      else mustRefuse(answer, what, code);
    },
  };
}

async function mustRead(testee: Testee, line: DecodeLine): Promise<void> {
  const actual = unwrap(await askDecode(testee, questionOf(line)), "bytes that are a record");
  if (line.record) mustEqual(recordOfLine(line.record), actual);
}

/** The kinds of errors, one case an encoding: who reports no codes is told once, and not of each line. */
function errorCodes(encoding: Written, lines: readonly DecodeLine[]): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.decode.error-codes`,
    title: "every refusal of bytes has the code that the specification says",
    requirements: ["REC-062"],
    profile,
    capabilities: [...capabilities, "error-codes"],
    async run({ testee, progress }) {
      const asked = lines.filter(
        ({ strict, encoding: told }) =>
          (!strict || testee.capabilities.has("codec.json.strict")) &&
          (told !== "any" || testee.capabilities.has("recognition")),
      );
      for (const [i, line] of asked.entries()) {
        mustRefuseAs(
          await askDecode(testee, questionOf(line)),
          `the line ${line.id}`,
          line.refuse?.code ?? "",
        );
        progress(i + 1, asked.length);
      }
    },
  };
}
