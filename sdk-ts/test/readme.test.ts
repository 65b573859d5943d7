import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));

test("the example of the README does what it says", () => {
  const readme = readFileSync(`${root}README.md`, "utf8");
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? "";
  const show =
    "console.log(JSON.stringify([paid.qualifiedName, paid.data, paid.correlationId === request.correlationId]))";

  const output = execFileSync("node", ["--input-type=module", "--eval", `${example}\n${show}`], {
    cwd: root,
    encoding: "utf8",
  });

  expect(JSON.parse(output)).toEqual(["urn:orders:OrderPaid", { order: 42 }, true]);
});
