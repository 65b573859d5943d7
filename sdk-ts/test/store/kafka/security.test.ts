import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EventyError } from "../../../src/record/index.js";
import { type KafkaSasl, KafkaStore, type KafkaStoreOptions } from "../../../src/store/kafka/index.js";
import { recordsOf, textsIn } from "../records.js";
import { type OwnKafka, startKafka } from "./own-server.js";

const ALICE = { name: "alice", password: "only-alice-knows" };
const WRONG = "nobody-knows-this";
const PASSWORDS = ["plain", "scram-sha-256", "scram-sha-512"] as const;
const OAUTH = "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule";

let server: OwnKafka;
beforeAll(async () => {
  server = await startKafka({
    users: [ALICE],
    settings: {
      "listener.name.secure.sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER",
      "listener.name.secure.oauthbearer.sasl.jaas.config": `${OAUTH} required unsecuredLoginStringClaim_sub="eventy";`,
    },
  });
});
afterAll(() => server.stop());

/** A token that the test server takes for that of a user: it is signed by nobody. */
function tokenOf(user: string): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [{ alg: "none" }, { sub: user, iat: now, exp: now + 3600 }];
  return `${parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.`;
}

async function using<T>(
  options: Partial<KafkaStoreOptions>,
  use: (store: KafkaStore) => Promise<T>,
): Promise<T> {
  const store = new KafkaStore({
    brokers: server.addresses.secure,
    ssl: { ca: server.authority },
    ...options,
  });
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** The error with which a store answers that is not let in. */
async function refusal(options: Partial<KafkaStoreOptions>): Promise<EventyError> {
  const error = await using(options, (store) => store.createTopic("in-vain", 1)).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EventyError);
  return error as EventyError;
}

/** Everything that a log could show of an error. */
function all(error: unknown): string {
  const texts = [inspect(error, { depth: null, showHidden: true }), JSON.stringify(error), String(error)];
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const names = Object.getOwnPropertyNames(cause);
    texts.push(...names.map((name) => inspect(Reflect.get(cause, name), { depth: null })));
    texts.push(JSON.stringify(cause), cause.stack ?? "");
  }
  return texts.join("\n");
}

async function works(name: string, sasl: KafkaSasl): Promise<void> {
  const [topic, out] = [`in-${name}`, `out-${name}`];
  await using({ sasl }, async (store) => {
    await store.createTopic(topic, 2);
    await store.createTopic(out, 1);
    await store.append([...recordsOf(topic, 0, ["a"]), ...recordsOf(topic, 1, ["b"])]);
    const member = await store.join({ group: `group-${name}`, topics: [topic] });
    let claims = 0;
    for await (const claim of member.claims()) {
      const { records, next } = await claim.fetch();
      const copies = records.map(({ value }) => ({ topic: out, key: null, value }));
      await claim.commit({ acknowledge: next, records: copies });
      await claim.release();
      if (++claims === 2) break;
    }
    await member.leave();
    expect((await textsIn(store, out)).sort()).toEqual(["a", "b"]);
  });
}

describe("with TLS", () => {
  test.each(PASSWORDS)("a user with a password works, by %s", async (mechanism) => {
    await works(mechanism, { mechanism, username: ALICE.name, password: ALICE.password });
  });

  test("a password is asked for when it is needed", async () => {
    await works("asked", { mechanism: "plain", username: ALICE.name, password: async () => ALICE.password });
  });

  test("a user with a token works", async () => {
    const oauthBearerProvider = async () => ({ value: tokenOf("alice") });
    await works("token", { mechanism: "oauthbearer", oauthBearerProvider });
  });

  test.each(PASSWORDS)(
    "a wrong password is refused, and in no part of the error, by %s",
    async (mechanism) => {
      const error = await refusal({ sasl: { mechanism, username: ALICE.name, password: WRONG } });
      expect(error.code).toBe("STORE_FAILED");
      expect(error.message).toMatch(/authentication failed/i);
      expect(all(error)).not.toContain(WRONG);
      expect(all(error)).not.toContain(Buffer.from(WRONG).toString("base64").slice(2, -3));
    },
  );

  test("a wrong token is refused, and in no part of the error", async () => {
    const value = "a-token-that-nobody-signed";
    const error = await refusal({
      sasl: { mechanism: "oauthbearer", oauthBearerProvider: async () => ({ value }) },
    });
    expect(error.code).toBe("STORE_FAILED");
    expect(all(error)).not.toContain(value);
  });

  test("who has no password says so", async () => {
    const password = () => Promise.reject(new Error("The safe is locked."));
    const error = await refusal({ sasl: { mechanism: "plain", username: ALICE.name, password } });
    expect(error).toMatchObject({
      code: "STORE_FAILED",
      message: expect.stringContaining("The safe is locked."),
    });
  });

  test("nobody is taken for a broker whom no authority signed", async () => {
    const sasl = { mechanism: "plain", username: ALICE.name, password: ALICE.password } as const;
    const error = await refusal({ ssl: true, sasl });
    expect(error).toMatchObject({ code: "STORE_FAILED", message: expect.stringContaining("certificate") });
    expect(all(error)).not.toContain(ALICE.password);
  });

  test("options that do not make a connection are refused", async () => {
    const error = await refusal({ ssl: { ca: server.authority, key: "no key" } });
    expect(error.code).toBe("STORE_FAILED");
  });

  test("whoever speaks without TLS, or with it where there is none, is not kept waiting for long", async () => {
    const sasl = { mechanism: "plain", username: ALICE.name, password: ALICE.password } as const;
    const without = await refusal({ ssl: false, sasl, connectionTimeoutMs: 1000 });
    const superfluous = await refusal({ brokers: server.brokers, sasl, connectionTimeoutMs: 1000 });
    for (const error of [without, superfluous]) {
      expect(error.code).toMatch(/^STORE_(UNAVAILABLE|FAILED)$/);
      expect(all(error)).not.toContain(ALICE.password);
    }
  });

  test("a store shows no password", async () => {
    const sasl = { mechanism: "plain", username: ALICE.name, password: ALICE.password } as const;
    await using({ sasl }, async (store) => {
      await store.createTopic("shown", 1);
      expect(all(store)).not.toContain(ALICE.password);
    });
  });
});

test("users are let in again before their time is over", async () => {
  // kafkajs says who it is again ten seconds before that.
  const own = await startKafka({ users: [ALICE], settings: { "connections.max.reauth.ms": 12_000 } });
  const sasl = { mechanism: "scram-sha-256", username: ALICE.name, password: ALICE.password } as const;
  const store = new KafkaStore({ brokers: own.addresses.secure, ssl: { ca: own.authority }, sasl });
  try {
    await store.createTopic("long", 1);
    const texts: string[] = [];
    for (const end = Date.now() + 5000; Date.now() < end; ) {
      texts.push(`${texts.length}`);
      await store.append(recordsOf("long", 0, texts.slice(-1)));
    }
    expect(await textsIn(store, "long")).toEqual(texts);
  } finally {
    await store.close();
    await own.stop();
  }
});
