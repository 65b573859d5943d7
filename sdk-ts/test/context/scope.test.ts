import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { currentScope, iterateInScope, runInScope, type Scope } from "../../src/context/index.js";
import { createEvent } from "../../src/record/index.js";

const outer: Scope = { service: "urn:outer", record: createEvent({ namespace: "urn:a", name: "A" }) };
const inner: Scope = { service: "urn:inner" };

describe("a scope", () => {
  it("is there in a call and gone after it", () => {
    expect(runInScope(outer, currentScope)).toBe(outer);
    expect(currentScope()).toBeUndefined();
  });

  it("is replaced whole by one within it, and back afterwards", () => {
    runInScope(outer, () => {
      expect(runInScope(inner, currentScope)).toEqual({ service: "urn:inner" });
      expect(currentScope()).toBe(outer);
    });
  });

  it("is gone after a call that throws", () => {
    expect(() =>
      runInScope(outer, () => {
        throw new RangeError("handler");
      }),
    ).toThrow(RangeError);
    expect(currentScope()).toBeUndefined();
  });

  it("is not seen by what runs at the same time", async () => {
    const scopes = Array.from({ length: 50 }, (_, index): Scope => ({ service: `urn:s${index}` }));
    const seen = await Promise.all(
      scopes.map((scope, index) =>
        runInScope(scope, async () => {
          for (let turn = 0; turn <= index % 5; turn++) await setImmediate();
          return currentScope();
        }),
      ),
    );

    expect(seen).toEqual(scopes);
  });
});

describe("a generator in a scope", () => {
  async function* handler(): AsyncGenerator<string | undefined> {
    yield currentScope()?.service;
    await setImmediate();
    yield currentScope()?.service;
    await runInScope(inner, () => setImmediate());
    yield currentScope()?.service;
  }

  it("has it at every step, and its caller does not", async () => {
    const seen: unknown[] = [];
    for await (const service of iterateInScope(outer, handler)) {
      seen.push(service, currentScope());
      await setImmediate();
    }

    expect(seen).toEqual(["urn:outer", undefined, "urn:outer", undefined, "urn:outer", undefined]);
  });

  it("has its own where several are iterated in turns", async () => {
    const [a, b] = [outer, inner].map((scope) => iterateInScope(scope, handler));
    const steps = [await a?.next(), await b?.next(), await a?.next(), await b?.next()];

    expect(steps.map((step) => step?.value)).toEqual(["urn:outer", "urn:inner", "urn:outer", "urn:inner"]);
  });

  it("is closed in it when iteration stops early", async () => {
    let closedIn: Scope | undefined;
    async function* closing(): AsyncGenerator<number> {
      try {
        yield 1;
        yield 2;
      } finally {
        closedIn = currentScope();
      }
    }
    for await (const _ of iterateInScope(outer, closing)) break;

    expect(closedIn).toBe(outer);
  });

  it("passes its errors on", async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new RangeError("handler");
    }
    const iterate = async (): Promise<void> => {
      for await (const _ of iterateInScope(outer, failing));
    };

    await expect(iterate()).rejects.toThrow(RangeError);
  });
});
