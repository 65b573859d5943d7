import { describe, expect, it } from "vitest";
import type { PlainCase } from "../../src/cases/case.js";
import { cases } from "../../src/cases/index.js";
import { InProcessTestee } from "../../src/mutation/in-process-testee.js";
import type { NeutralRecord } from "../../src/oracle/index.js";
import { doubleValue, entriesOf, mapOf } from "../../src/oracle/values.js";
import { find } from "../../src/runner/find.js";
import { oracleTestee } from "./oracle-testee.js";

const properties = cases.filter(
  (one): one is PlainCase => one.bindings === undefined && one.id.includes(".property."),
);

const examine = (one: PlainCase, change?: (record: NeutralRecord) => NeutralRecord) =>
  find(one, new InProcessTestee(oracleTestee(change)), {
    seed: 1,
    runs: 40,
    signal: new AbortController().signal,
    progress: () => {},
  });

const named = (id: string): PlainCase => {
  const found = properties.find((one) => one.id === id);
  if (!found) throw new Error(`no case ${id}`);
  return found;
};

/** Reads integers as doubles, as a library does that knows only these. */
function roundIntegers(record: NeutralRecord): NeutralRecord {
  if (record.payload.case !== "data") return record;
  const rounded = Array.from(entriesOf(record.payload.value), ([key, value]) => {
    const { kind } = value;
    return [key, kind.case === "integer" ? doubleValue(Number(kind.value)) : value] as const;
  });
  return { ...record, payload: { case: "data", value: mapOf(rounded) } };
}

describe("the properties", () => {
  // What the oracle lets pass in bytes that are no record is not what they are about here.
  it.each(properties.filter(({ id }) => !id.endsWith(".fuzz")))("hold for the oracle: $id", async (one) => {
    expect(await examine(one)).toEqual({ verdict: "PASS" });
  });

  it.each(["codec.json.property.read", "codec.avro.property.write", "codec.protobuf.property.read"])(
    "find integers that are rounded, and shrink what shows it: %s",
    async (id) => {
      const { verdict, anomaly, history = [] } = await examine(named(id), roundIntegers);
      expect({ verdict, anomaly }).toEqual({ verdict: "FAIL", anomaly: "WRONG-VALUE" });
      const { data, context = [], ...fields } = JSON.parse(history[1] ?? "");
      expect(data.entries).toHaveLength(1);
      expect(Object.keys(data.entries[0].value)).toEqual(["integer"]);
      expect(context).toEqual([]);
      expect(fields).toMatchObject({
        source: "urn:payments",
        correlationId: "orders:PlaceOrder:q0r-7KTINXI",
      });
    },
  );

  it("find context that is lost on the way, and shrink the graph", async () => {
    const forget = (record: NeutralRecord): NeutralRecord => ({
      ...record,
      context: record.context.filter(({ namespace }) => namespace !== "urn:orders"),
    });
    const { anomaly, history = [] } = await examine(named("context.property.inheritance"), forget);
    expect(anomaly).toBe("CONTEXT-DROPPED");
    expect(history).toHaveLength(1);
  });
});
