import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import type { BindingHost, Place } from "../../../src/bindings/host.js";
import { KafkaHost } from "../../../src/bindings/kafka/kafka.js";
import type { ControlledTestee } from "../../../src/cases/testee.js";
import { takeInventory } from "../../../src/kafka/wipe.js";
import { KAFKA_VARIABLE } from "../../../src/servers/kafka/problem.js";
import { clientOf, read, write } from "../../servers/kafka/records.js";

const shared = process.env[KAFKA_VARIABLE] ?? "";
// Whatever is named there is for others: the host starts brokers of its own.
vi.stubEnv(KAFKA_VARIABLE, "");
const host = new KafkaHost();

afterAll(() => host.close());
afterEach(() => vi.unstubAllEnvs());

function oracleOf(place: Place): ReturnType<Place["oracle"]> {
  return place.oracle({} as ControlledTestee, { killAll: async () => {}, whileStill: (act) => act() });
}

/** A record, a group with a member that is not heard of any more, and a transaction that nobody ends. */
async function use({ binding }: Place): Promise<void> {
  const kafka = clientOf([binding.openDirect.location ?? ""]);
  await write(kafka, "t", "a");
  await read(kafka, "t", 1);
  const producer = kafka.producer({ transactionalId: "left-open", idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const transaction = await producer.transaction();
  await transaction.send({ topic: "t", messages: [{ partition: 0, value: "b" }] });
}

describe("stores on Kafka", () => {
  it("are brokers of which each case has one, empty when it begins", async () => {
    const [one, other] = await Promise.all([host.open([]), host.open(["proxy"])]);
    expect(one.binding.open.location).not.toBe(other.binding.openDirect.location);
    expect(other.binding.open.location).not.toBe(other.binding.openDirect.location);
    await use(one);
    const records = await oracleOf(one).records("t");
    expect(records.map(({ value, offset }) => `${value} ${offset}`)).toEqual(["a 0"]);
    expect(await one.backdoor?.(async () => {}).isOpen("t", 0)).toBe(true);
    expect(await oracleOf(other).records("t")).toEqual([]);
    await one.close();
    await other.close();

    const again = await host.open([]);
    const cluster = again.kafka?.cluster;
    expect(cluster && (await takeInventory(cluster))).toEqual({ topics: new Set(), groups: new Set() });
    await again.close();
  });

  it("come back whole after a case has killed their broker", async () => {
    const place = await host.open(["server"]);
    await use(place);
    await place.server?.kill();
    await place.close();
    const again = await host.open([]);
    expect(await oracleOf(again).records("t")).toEqual([]);
    await again.close();
  });

  it("are on a cluster that is named, one at a time, of which nothing else is removed", async () => {
    vi.stubEnv(KAFKA_VARIABLE, shared);
    const external: BindingHost = new KafkaHost();
    expect(
      ["processes", "proxy", "server", "cluster"].map(
        (need) => external.lacks(need as "proxy") !== undefined,
      ),
    ).toEqual([false, true, true, true]);
    const kafka = clientOf(shared.split(","));
    await write(kafka, "of-another", "a");
    const place = await external.open([]);
    const next = external.open([]);
    await use(place);
    await place.close();
    const second = await next;
    const left = second.kafka && (await takeInventory(second.kafka.cluster));
    expect(left?.topics.has("of-another")).toBe(true);
    expect(left?.topics.has("t")).toBe(false);
    await second.close();
    await external.close();
  });
});
