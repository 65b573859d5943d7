import { describe, expect, test } from "vitest";
import { KafkaStore } from "../../../src/store/kafka/index.js";
import { settingsOf } from "../../../src/store/kafka/settings.js";

const BROKERS = ["kafka.example:9092"];

describe("options of a store in Kafka", () => {
  test("have defaults", () => {
    expect(settingsOf({ brokers: BROKERS })).toEqual({
      brokers: [{ host: "kafka.example", port: 9092 }],
      clientId: "eventy",
      ssl: undefined,
      sasl: undefined,
      sessionTimeoutMs: 10_000,
      rebalanceTimeoutMs: 60_000,
      transactionTimeoutMs: 10_000,
      requestTimeoutMs: 10_000,
      connectionTimeoutMs: 5000,
      replicationFactor: undefined,
      topicConfig: {},
    });
  });

  test.each([
    ["127.0.0.1:9092", "127.0.0.1", 9092],
    ["[::1]:19092", "::1", 19092],
    ["localhost:1", "localhost", 1],
  ])("a broker may be %s", (broker, host, port) => {
    expect(settingsOf({ brokers: [broker] }).brokers).toEqual([{ host, port }]);
  });

  test.each([
    "",
    "kafka.example",
    ":9092",
    "kafka.example:",
    "kafka.example:port",
    "::1:9092",
    "a:65536",
    "a:b:1",
  ])("a broker cannot be %j", (broker) => {
    expect(() => new KafkaStore({ brokers: [broker] })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT" }),
    );
  });

  test("there is a broker", () => {
    expect(() => settingsOf({ brokers: [] })).toThrow(expect.objectContaining({ code: "INVALID_ARGUMENT" }));
  });

  test.each([
    "sessionTimeoutMs",
    "rebalanceTimeoutMs",
    "transactionTimeoutMs",
    "requestTimeoutMs",
    "connectionTimeoutMs",
    "replicationFactor",
  ])("%s is a positive integer of 32 bits", (name) => {
    for (const value of [0, -1, 1.5, Number.NaN, 2 ** 31]) {
      expect(() => settingsOf({ brokers: BROKERS, [name]: value })).toThrow(
        expect.objectContaining({ code: "INVALID_ARGUMENT", message: expect.stringContaining(name) }),
      );
    }
    expect(settingsOf({ brokers: BROKERS, [name]: 1 })).toMatchObject({ [name]: 1 });
  });

  test("whoever cannot say who they are is refused, without their password", () => {
    const sasl = { mechanism: "gssapi", username: "alice", password: "secret" };
    const open = () => settingsOf({ brokers: BROKERS, sasl: sasl as never });
    expect(open).toThrow(
      "The mechanism of sasl has to be one of plain, scram-sha-256, scram-sha-512, oauthbearer.",
    );
    expect(open).not.toThrow("secret");
  });
});
