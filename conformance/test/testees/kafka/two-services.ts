import { randomUUID } from "node:crypto";
import { createTopic, must, read, write } from "../../../src/cases/scenario/command.js";
import { emit, handler, only, type StepInit } from "../../../src/cases/scenario/handlers.js";
import { tick } from "../../../src/cases/scenario/ticks.js";
import type { Run } from "../../../src/cases/testee.js";
import { prefixOf } from "../../../src/checker/index.js";
import {
  Binding,
  Encoding,
  type Handler,
  type StoredRecord,
} from "../../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../../src/gen/proto/eventy/v3/options_pb.js";
import { decodeAvro, decodeJson, type NeutralRecord } from "../../../src/oracle/index.js";
import { resolveTestee } from "../../../src/testee/resolve.js";
import { TesteeProcess } from "../../../src/testee/testee-process.js";

const { EVENT, REQUEST, RESPONSE } = RecordType;
export const PARTITIONS = 4;
const LEASE_MS = 1_000;
/** A testee says nothing while the other one works. */
const TIMEOUT_MS = 60_000;
/** Murmur2 and CRC-32 do not agree on the partitions of most of them. */
const KEYS = ["21", "42", "abc", "foobar"];

/** A record as it stands in its topic, and what it says. */
export interface Written {
  readonly stored: StoredRecord;
  readonly record: NeutralRecord;
}

/**
 * Two services on one Kafka: a shop, which the SDK runs, and payments, which eventy 3.4.0 runs. At each tick of a
 * clock each asks the other one; each answers, and hears the answer.
 */
export class TwoServices {
  // Other tests use the same cluster.
  readonly #id = randomUUID().slice(0, 8);
  readonly clock = `urn:clock-${this.#id}`;
  readonly shop = `urn:shop-${this.#id}`;
  readonly payments = `urn:payments-${this.#id}`;
  readonly #encoding: Encoding;

  private constructor(
    encoding: Encoding,
    readonly typescript: TesteeProcess,
    readonly python: TesteeProcess,
  ) {
    this.#encoding = encoding;
  }

  /** Starts a process of each, and creates the topics. */
  static async begin(encoding: Encoding): Promise<TwoServices> {
    const [typescript, python] = await Promise.all([start("typescript"), start("python-eventy")]);
    const two = new TwoServices(encoding, typescript, python);
    await Promise.all([openStore(typescript), openStore(python)]);
    for (const service of [two.clock, two.shop, two.payments])
      for (const suffix of ["events", "requests", "responses", "dead-letters"])
        await createTopic(typescript, `${prefixOf(service)}-${suffix}`, PARTITIONS);
    return two;
  }

  async end(): Promise<void> {
    await Promise.all([this.typescript.destroy(), this.python.destroy()]);
  }

  /** Has the clock tick. */
  async tick(count: number): Promise<void> {
    const topic = `${prefixOf(this.clock)}-events`;
    const type = this.#encoding === Encoding.AVRO ? "avro" : "json";
    const headers = { "content-type": `application/vnd.eventy.v3+${type}` };
    for (let n = 0; n < count; n++) {
      const key = KEYS[n % KEYS.length] ?? "";
      const data = Object.fromEntries(KEYS.map((one, i) => [`k${i}`, one === key]));
      const context = { [this.clock]: { of: n } };
      const record = tick(n, { namespace: this.clock, source: this.clock, key, data, context });
      const schema = schemaOf(EVENT, this.clock, "Tick", { n: "long", ...mapped(data, "boolean") });
      const encode = { encoding: this.#encoding, record, schema };
      const { bytes } = await must(this.typescript, { case: "encode", value: encode }, "encoded");
      await write(this.typescript, [{ topic, key, value: bytes, headers }]);
    }
  }

  /** Runs the shop, once more if it was killed. */
  async runShop(): Promise<Run> {
    await openStore(this.typescript);
    return this.typescript.startRun(
      this.#run(this.shop, [
        on(EVENT, this.clock, "Tick", [emit("Charge", { type: REQUEST, target: this.payments })]),
        on(RESPONSE, this.payments, "Charged", [emit("Paid")]),
        on(REQUEST, this.shop, "Price", [emit("Priced", { type: RESPONSE })]),
      ]),
    );
  }

  async runPayments(): Promise<Run> {
    // eventy inherits no key.
    const price = (key: string) => emit("Price", { type: REQUEST, target: this.shop, key });
    const asks = KEYS.map((key, i) => only(`k${i}`, price(key)));
    return this.python.startRun(
      this.#run(this.payments, [
        on(EVENT, this.clock, "Tick", asks),
        on(RESPONSE, this.shop, "Priced", []),
        on(REQUEST, this.payments, "Charge", [emit("Charged", { type: RESPONSE })]),
      ]),
    );
  }

  /** All records of a topic, decoded by the oracle. */
  async written(service: string, suffix: string): Promise<readonly Written[]> {
    const topic = `${prefixOf(service)}-${suffix}`;
    const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);
    const records = await Promise.all(
      partitions.map((partition) => read(this.typescript, { topic, partition })),
    );
    const decode = this.#encoding === Encoding.AVRO ? decodeAvro : decodeJson;
    return records.flat().map((stored) => ({ stored, record: decode(stored.value ?? new Uint8Array()) }));
  }

  #run(service: string, handlers: readonly Handler[]) {
    const asked = { input: "long", i: "long" };
    const schemas = [
      schemaOf(REQUEST, this.payments, "Charge", asked),
      schemaOf(RESPONSE, this.payments, "Charged", { i: "long" }),
      schemaOf(EVENT, this.shop, "Paid", { i: "long" }),
      schemaOf(REQUEST, this.shop, "Price", asked),
      schemaOf(RESPONSE, this.shop, "Priced", { i: "long" }),
    ];
    return { service, handlers: [...handlers], maxBatch: 1, encoding: this.#encoding, schemas };
  }
}

/** A handler with the name of what it handles. */
function on(type: RecordType, namespace: string, name: string, steps: readonly StepInit[]): Handler {
  return handler("eos", { id: name, type, namespace, name, steps });
}

/** An EVenty SChema. */
function schemaOf(
  type: RecordType,
  namespace: string,
  name: string,
  fields: Readonly<Record<string, string>>,
) {
  const data_fields = Object.entries(fields).map(([field, kind]) => ({ name: field, type: kind }));
  return JSON.stringify({ protocol_version: "3.0.0", namespace, name, type: RecordType[type], data_fields });
}

function mapped<T>(object: object, value: T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.keys(object).map((key) => [key, value]));
}

async function start(name: string): Promise<TesteeProcess> {
  const { argv } = await resolveTestee(name);
  return TesteeProcess.start({ argv, protocolVersion: "3.5.0", timeoutMs: TIMEOUT_MS });
}

async function openStore(testee: TesteeProcess): Promise<void> {
  const location = process.env["EVENTY_KAFKA_BROKERS"] ?? "";
  await must(
    testee,
    { case: "open", value: { binding: Binding.KAFKA, location, leaseMs: LEASE_MS } },
    "done",
  );
}
