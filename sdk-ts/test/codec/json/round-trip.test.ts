import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonCodec } from "../../../src/codec/json/index.js";
import { createEvent, type Data } from "../../../src/record/index.js";

const text = fc.string({ unit: "binary" });
const scalar = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  text,
  fc.integer(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  // −0 may become 0.
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom("__proto__", "constructor", "")), tie("value"), {
      maxKeys: 4,
    }),
  ),
}));

test("every value survives, in both reading modes", () => {
  const codecs = [jsonCodec(), jsonCodec({ strict: true })];
  fc.assert(
    fc.property(value, (member) => {
      const record = createEvent({ namespace: "urn:a", name: "B", data: { member } as Data });
      for (const codec of codecs) expect(codec.decode(codec.encode(record))).toEqual(record);
    }),
  );
});
