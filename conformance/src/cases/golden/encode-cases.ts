import type { Answer } from "../ask.js";
import { askEncode, unwrap } from "../ask.js";
import type { Case } from "../case.js";
import { ENCODINGS, PLACES, type Written } from "../codecs.js";
import { Failure } from "../failure.js";
import { mustEqual, mustRefuse, mustRefuseAs, readWritten } from "../judge.js";
import type { Testee } from "../testee.js";
import { recordOfLine } from "./decode-cases.js";
import type { EncodeLine } from "./line.js";
import { loadGolden } from "./load.js";
import { afterDate, writtenDatum } from "./written-avro.js";

/** The golden encode lines of an encoding. */
export function encodeLines(encoding: Written): readonly EncodeLine[] {
  return loadGolden<EncodeLine>(`${encoding}/encode.jsonl`);
}

/** Has the testee write the record of a line. */
export function askLine(
  testee: Testee,
  { encoding, record, schema }: EncodeLine,
): Promise<Answer<Uint8Array>> {
  return askEncode(testee, { encoding, record: recordOfLine(record), schema });
}

/** A case for each golden line of a record to be written. */
export function encodeCases(): Case[] {
  return ENCODINGS.flatMap((encoding) => {
    const lines = encodeLines(encoding);
    const control = lines.find(({ id }) => id === "plain-event");
    if (!control) throw new Error(`no plain event in the golden file of ${encoding}`);
    const refused = lines.filter(({ refuse }) => refuse);
    return [
      ...lines.map((line) => encodeCase(encoding, line, control)),
      errorCodes(encoding, refused),
      errorPaths(
        encoding,
        refused.filter(({ refuse }) => refuse?.path),
      ),
    ];
  });
}

function encodeCase(encoding: Written, line: EncodeLine, control: EncodeLine): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.encode.${line.id}`,
    title: line.title,
    requirements: line.requirements,
    profile,
    capabilities,
    async run({ testee }) {
      if (!line.refuse) return write(testee, encoding, line);
      // Who refuses everything refuses nothing in particular.
      await write(testee, encoding, control);
      const answer = await askLine(testee, line);
      if ("ok" in answer && line.requirements.includes("REC-056")) throw silentChange(line);
      mustRefuse(answer, "a record that cannot be written", line.refuse.code);
    },
  };
}

async function write(testee: Testee, encoding: Written, line: EncodeLine): Promise<void> {
  const bytes = unwrap(await askLine(testee, line), "a record that can be written");
  mustEqual(recordOfLine(line.reads ?? line.record), readWritten(encoding, bytes, line.schema));
  if (line.datum_base64 === undefined) return;
  const actual = afterDate(writtenDatum(encoding, bytes)).toString("hex");
  const expected = afterDate(Buffer.from(line.datum_base64, "base64")).toString("hex");
  if (actual !== expected)
    throw new Failure("WRONG-BYTES", "another branch of a union was written", { expected, actual });
}

function silentChange(line: EncodeLine): Failure {
  return new Failure("SILENT-CHANGE", "wrote a value that the encoding cannot carry", {
    expected: line.refuse?.code ?? "an error",
  });
}

/** The kinds of errors, one case an encoding: who reports no codes is told once, and not of each line. */
function errorCodes(encoding: Written, lines: readonly EncodeLine[]): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.encode.error-codes`,
    title: "every refusal to write has the code that the specification says",
    requirements: ["REC-062"],
    profile,
    capabilities: [...capabilities, "error-codes"],
    async run({ testee }) {
      for (const line of lines) {
        mustRefuseAs(await askLine(testee, line), `the line ${line.id}`, line.refuse?.code ?? "");
      }
    },
  };
}

function errorPaths(encoding: Written, lines: readonly EncodeLine[]): Case {
  const { profile, prefix, capabilities } = PLACES[encoding];
  return {
    id: `${prefix}.encode.error-paths`,
    title: "refusals to write say where in the record the problem is",
    requirements: ["REC-063"],
    profile,
    capabilities: [...capabilities, "error-codes"],
    async run({ testee }) {
      for (const line of lines) {
        const answer = await askLine(testee, line);
        mustRefuse(answer, `the line ${line.id}`);
        const [expected, actual] = [line.refuse?.path ?? "", "failed" in answer ? answer.failed.path : ""];
        if (actual !== expected)
          throw new Failure("WRONG-ERROR", `another path (line ${line.id})`, { expected, actual });
      }
    },
  };
}
