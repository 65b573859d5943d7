import { expect, it } from "vitest";
import { brokers } from "../../store/kafka/brokers.js";
import { outputOf } from "../recipe.js";

const cluster = brokers.join(",");

it("scale out: three processes share the work, and two take over what the third had that was killed", async () => {
  const lines = await outputOf("many-processes/scale-out.ts", cluster);

  const sharesOf = (heading: RegExp) => {
    const begin = lines.findIndex((line) => heading.test(line)) + 1;
    const end = lines.findIndex((line, index) => index >= begin && !line.startsWith(" "));
    return new Map(lines.slice(begin, end).map((line) => line.trim().split(": ") as [string, string]));
  };
  const sumOf = (shares: Map<string, string>) => [...shares.values()].reduce((sum, n) => sum + Number(n), 0);
  expect(sumOf(sharesOf(/^three processes/))).toBe(3000);
  const two = sharesOf(/^two, /);
  expect([...two.keys()]).toEqual(["first", "second"]);
  expect(sumOf(two)).toBe(3000);
  expect(lines.at(-1)).toMatch(/^\d+ readings are converted, each once, in order$/);
});

it("rolling deployment: nothing is lost or done twice, and the longest wait is printed", async () => {
  const lines = await outputOf("many-processes/rolling-deployment.ts", cluster);

  expect(lines.slice(0, 3)).toEqual(["replaced 1 of 3", "replaced 2 of 3", "replaced 3 of 3"]);
  expect(lines[3]).toMatch(/^\d+ readings came in meanwhile, each was converted once, in order$/);
  expect(lines[4]).toMatch(/^the longest wait was \d+ ms$/);
});
