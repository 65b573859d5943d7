import { expect, test } from "vitest";
import { parseChapter } from "../../src/spec/parse-chapter.js";

const METADATA = "> `profile: codec.json, codec.avro · since: 3.5.0 · test: case`";

function messages(markdown: string): readonly string[] {
  return parseChapter("02-x.md", markdown).problems.map(({ where, message }) => `${where} ${message}`);
}

test("a requirement has its id, keyword, text, metadata and place", () => {
  const markdown = `# 2. X\n\nProse.\n\n> **REC-001** A reader **MUST NOT** guess\n> what \`MAY\` be.\n>\n${METADATA}\n`;

  expect(parseChapter("02-x.md", markdown)).toEqual({
    requirements: [
      {
        id: "REC-001",
        keyword: "MUST NOT",
        level: "MUST",
        text: "A reader MUST NOT guess what `MAY` be.",
        profiles: ["codec.json", "codec.avro"],
        since: "3.5.0",
        test: "case",
        chapter: "02-x.md",
        line: 5,
      },
    ],
    withdrawn: [],
    problems: [],
  });
});

test("an exclusion has its reason", () => {
  const markdown =
    "> **REC-001** One **MAY** rest.\n>\n> `profile: context · since: 3.5.0 · test: excluded (a permission)`";

  expect(parseChapter("02-x.md", markdown).requirements[0]?.test).toEqual({ excluded: "a permission" });
});

test.each([
  ["two keywords", `> **REC-001** One **MUST** and **MAY**.\n>\n${METADATA}`, "holds 2 keywords"],
  ["no keyword", `> **REC-001** One does.\n>\n${METADATA}`, "holds 0 keywords"],
  ["a keyword that is not in use", `> **REC-001** One **SHALL** do.\n>\n${METADATA}`, "holds 1 keywords"],
  ["a plain keyword", `> **REC-001** One MUST do.\n>\n${METADATA}`, "is not in bold"],
  ["no id", `> One **MUST** do.\n>\n${METADATA}`, "a requirement is"],
  ["no metadata", "> **REC-001** One **MUST** do.", "a requirement is"],
  [
    "an unknown profile",
    "> **REC-001** One **MUST**.\n>\n> `profile: xml · since: 3.5.0 · test: case`",
    'named "xml"',
  ],
  [
    "no reason",
    "> **REC-001** One **MUST**.\n>\n> `profile: codec · since: 3.5.0 · test: excluded`",
    "the reason",
  ],
  ["bad metadata", "> **REC-001** One **MUST**.\n>\n> `since: 3.5.0`", "the metadata is not of the form"],
  ["a keyword in prose", "A reader SHOULD know.", "SHOULD stands outside"],
])("the form is checked: %s", (_, markdown, problem) => {
  expect(messages(`# 2. X\n\n${markdown}\n`)).toEqual([
    expect.stringMatching(`^spec/02-x.md:3 .*${problem}`),
  ]);
});

test("code is no prose and holds no requirements", () => {
  const markdown = "`MUST` in code.\n\n```\n> **REC-001** quoted\nMUST\n```\n\n~~~~\n```\nMUST\n~~~~\n";

  expect(parseChapter("02-x.md", markdown)).toEqual({ requirements: [], withdrawn: [], problems: [] });
});

test("a chapter has one prefix", () => {
  const markdown = `> **REC-001** A **MUST**.\n>\n${METADATA}\n\n> **COD-001** A **MUST**.\n>\n${METADATA}`;

  expect(messages(markdown)).toEqual(["spec/02-x.md:5 COD-001 is in a chapter whose ids begin with REC"]);
});

test("withdrawn ids are read under their heading only", () => {
  const markdown =
    "- **REC-001**: no\n\n## 2.9 Withdrawn\n\n- **REC-002**: since 3.6.0, never true\n\n## Next\n\n- **REC-003**: no";

  expect(parseChapter("02-x.md", markdown).withdrawn).toEqual(["REC-002"]);
});
