import { mkdirSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { AvroSchemas, avroContainerCodec, type Evsc } from "../../../src/codec/avro/index.js";
import { createEvent } from "../../../src/record/index.js";
import { errorOf } from "../../record/error-of.js";
import { temporaryFolder } from "../../temporary-folder.js";
import { schemaIn } from "./avsc-oracle.js";
import { evscOf, ORDER_PLACED, orderPlaced, schemasOf } from "./orders.js";

const LONG = { name: "order", type: "long" };

describe("register", () => {
  test("makes the Avro schema that protocol 3.4 makes", () => {
    const evsc = { ...evscOf(LONG), namespace: "urn:pay-ments:urn:x", type: "event", doc: "Placed." };
    const record = createEvent({ namespace: evsc.namespace, name: evsc.name, data: { order: 1 } });

    const schema = schemaIn(avroContainerCodec(schemasOf(evsc)).encode(record)) as {
      fields: { name: string; type: unknown }[];
    };

    expect(schema).toMatchObject({ name: "OrderPlaced", namespace: "pay_ments.x", doc: "Placed." });
    expect(schema.fields.map(({ name }) => name)).toEqual(
      (
        "record_namespace record_name type protocol_version version source uuid correlation_id partition_key " +
        "date_timestamp date_iso8601 context data"
      ).split(" "),
    );
    expect(schema.fields.at(-1)?.type).toEqual({
      type: "record",
      name: "OrderPlaced_data",
      namespace: "pay_ments.x",
      fields: [LONG],
    });
  });

  test("leaves what it is given alone, and does not see later changes", () => {
    const evsc = structuredClone(ORDER_PLACED);
    const schemas = schemasOf(evsc);
    expect(evsc).toEqual(ORDER_PLACED);

    (evsc.data_fields as unknown[]).length = 0;
    const codec = avroContainerCodec(schemas);

    expect(codec.decode(codec.encode(orderPlaced()))).toEqual(orderPlaced());
  });

  test("refuses a second schema of a record", () => {
    const avsc = schemaIn(avroContainerCodec(schemasOf()).encode(orderPlaced()));

    expect(errorOf(() => schemasOf().register(evscOf()))).toBe("INVALID_SCHEMA");
    expect(errorOf(() => schemasOf().registerAvsc(avsc))).toBe("INVALID_SCHEMA");
    expect(errorOf(() => new AvroSchemas().registerAvsc(avsc).registerAvsc(avsc))).toBe("INVALID_SCHEMA");
    expect(errorOf(() => new AvroSchemas().registerAvsc(avsc).register(ORDER_PLACED))).toBe("INVALID_SCHEMA");
  });

  test.each<[string, object]>([
    ["protocol_version", { protocol_version: "2.0.0" }],
    ["protocol_version", { protocol_version: undefined }],
    ["namespace", { namespace: "orders" }],
    ["name", { name: "" }],
    ["type", { type: "COMMAND" }],
    ["data_fields", { data_fields: {} }],
    ["fields", { fields: [] }],
    ["data_fields[0].type", evscOf({ name: "f", type: "strin" })],
    ["data_fields[0].type[1]", evscOf({ name: "f", type: ["null", "null"] })],
    ["data_fields[0].type[1]", evscOf({ name: "f", type: ["null", ["int"]] })],
    ["data_fields[0].type.items", evscOf({ name: "f", type: { type: "array" } })],
    ["data_fields[0].type.size", evscOf({ name: "f", type: { type: "fixed", name: "F", size: -1 } })],
    ["data_fields[1]", evscOf(LONG, LONG)],
    ["data_fields[0].name", evscOf({ type: "int" })],
  ])("names what is wrong: %s", (path, wrong) => {
    const evsc = { ...evscOf(), ...wrong } as Evsc;

    expect(errorOf(() => schemasOf(evsc))).toBe(`INVALID_SCHEMA ${path}`);
  });

  test("refuses an Avro schema that is not of a record of the protocol", () => {
    const schemas = new AvroSchemas();

    expect(errorOf(() => schemas.registerAvsc("int"))).toBe("INVALID_SCHEMA");
    expect(errorOf(() => schemas.registerAvsc({ type: "record", name: "R", fields: [] }))).toMatch(
      /^INVALID_SCHEMA/,
    );
  });
});

test("a record without a schema is refused", () => {
  expect(errorOf(() => avroContainerCodec(new AvroSchemas()).encode(orderPlaced()))).toBe("UNKNOWN_SCHEMA");
});

describe("files", () => {
  const folder = temporaryFolder();
  const write = (name: string, content: unknown): void =>
    writeFileSync(folder.path(name), typeof content === "string" ? content : JSON.stringify(content));
  const named = (name: string): Evsc => ({ ...evscOf(LONG), name });
  const knows = (schemas: AvroSchemas, name: string): boolean => {
    const record = createEvent({ namespace: "urn:orders", name, data: { order: 1 } });
    return errorOf(() => avroContainerCodec(schemas).encode(record)) === "no error";
  };

  beforeAll(() => {
    mkdirSync(folder.path("more"));
    mkdirSync(folder.path(".hidden"));
    write(
      "a.evsc.yaml",
      "protocol_version: 3.0.0\nnamespace: urn:orders\nname: A\ntype: EVENT\ndata_fields:\n- name: order\n  type: long\n",
    );
    write("b.evsc.json", named("B"));
    const record = createEvent({ namespace: "urn:orders", name: "C", data: { order: 1 } });
    write("c.avsc", schemaIn(avroContainerCodec(schemasOf(named("C"))).encode(record)) as object);
    write("more/d.evsc.yml", named("D"));
    write(".hidden/e.evsc.json", named("E"));
    write("notes.txt", "not a schema");
  });

  test("of a folder are loaded, and of the folders in it", () => {
    const schemas = new AvroSchemas().loadFolder(folder.path());

    expect(["A", "B", "C", "D", "E"].filter((name) => knows(schemas, name))).toEqual(["A", "B", "C", "D"]);
  });

  test("of a folder only are loaded", () => {
    const schemas = new AvroSchemas().loadFolder(folder.path(), { recursive: false });

    expect(["A", "B", "C", "D"].filter((name) => knows(schemas, name))).toEqual(["A", "B", "C"]);
  });

  test("that cannot be used are named", () => {
    const schemas = new AvroSchemas();

    expect(() => schemas.load(folder.path("notes.txt"))).toThrow(/notes\.txt/);
    expect(() => schemas.load(folder.path("missing.evsc.yaml"))).toThrow(/missing\.evsc\.yaml/);
    expect(errorOf(() => schemas.loadFolder(folder.path("missing")))).toBe("INVALID_SCHEMA");
  });
});
