import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { backoffMs } from "../../src/processing/backoff.js";
import { atMostOnce, onEvent, retry, Service } from "../../src/processing/index.js";

const invalid = expect.objectContaining({ code: "INVALID_ARGUMENT" });

describe("policies", () => {
  it("retry five times, and then stop", () => {
    expect(retry()).toEqual({ times: 5, delayMs: 100, maxDelayMs: 30_000, orElse: "stop" });
  });

  it.each([{ times: -1 }, { times: 1.5 }, { delayMs: -1 }, { delayMs: Number.NaN }, { maxDelayMs: 2 ** 31 }])(
    "refuse %j",
    (options) => {
      expect(() => retry(options)).toThrow(invalid);
    },
  );

  it("do not have an at-most-once handler called again", () => {
    const orders = new Service("orders");
    expect(() => onEvent(orders, "Tick", atMostOnce, async () => {}, { onError: retry() })).toThrow(invalid);
  });

  it("refuse a time that no timer can take", () => {
    const orders = new Service("orders");
    expect(() => onEvent(orders, "Tick", atMostOnce, async () => {}, { timeoutMs: 2 ** 31 })).toThrow(
      invalid,
    );
  });
});

describe("waits between tries", () => {
  it("double, up to a bound, and half of each is random", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2000 }),
        fc.integer({ min: 0, max: 1000 }),
        (failures, delayMs) => {
          const full = delayMs === 0 ? 0 : Math.min(500, delayMs * 2 ** (failures - 1));
          const wait = backoffMs({ delayMs, maxDelayMs: 500 }, failures);
          expect(wait).toBeGreaterThanOrEqual(full / 2);
          expect(wait).toBeLessThanOrEqual(full);
        },
      ),
    );
  });
});
