import type { SASLOptions } from "kafkajs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KafkaServer } from "../../../src/servers/kafka/server.js";
import { startKafka } from "../../../src/servers/kafka/start.js";
import { clientOf, read, write } from "./records.js";

const ALICE = { name: "alice", password: "her-password" };
const BOB = { name: "bob", password: "his-password" };

let server: KafkaServer;
beforeAll(async () => {
  server = await startKafka({ users: [ALICE, BOB] });
});
afterAll(() => server.stop());

test.each(["plain", "scram-sha-256", "scram-sha-512"] as const)(
  "a user by %s, and nobody else",
  async (mechanism) => {
    const secureClient = (password: string) =>
      // An object of its own for each: kafkajs keeps in it how it logs in.
      clientOf(server.addresses.secure, {
        ssl: { ca: [server.authority] },
        sasl: { mechanism, username: ALICE.name, password } as SASLOptions,
      });
    await write(secureClient(ALICE.password), mechanism, "by Alice");
    expect(await read(secureClient(ALICE.password), mechanism, 1)).toEqual(["by Alice"]);
    await expect(write(secureClient(BOB.password), mechanism, "by whom?")).rejects.toThrow(
      /authentication failed/i,
    );
  },
);

test("who does not know the authority trusts no broker", async () => {
  const sasl: SASLOptions = { mechanism: "plain", username: ALICE.name, password: ALICE.password };
  const kafka = clientOf(server.addresses.secure, { ssl: true, sasl, retry: { retries: 0 } });
  await expect(write(kafka, "t", "in vain")).rejects.toThrow(/certificate/);
});
