// A service that converts what sensors measure. It says which process did it, so that one can see how they share.

import { exactlyOnce, type Handler, onRequest, Service } from "@eventy/sdk/processing";

export const PARTITIONS = 6;
export const sensors = new Service("sensors");

/** Readings of one sensor have its name as key, so they stay in order. */
export function reading(sensor: number, count: number) {
  return sensors.request("Convert", {
    data: { sensor, count, fahrenheit: 50 + (count % 40), emittedAt: Date.now() },
    partitionKey: `sensor-${sensor}`,
  });
}

export function convertIn(worker: string): Handler {
  return onRequest<{ sensor: number; count: number; fahrenheit: number; emittedAt: number }>(
    "Convert",
    exactlyOnce,
    async function* ({ data: { fahrenheit, ...reading } }) {
      const celsius = ((fahrenheit - 32) * 5) / 9;
      yield sensors.event("Converted", { data: { ...reading, celsius, worker } });
    },
  );
}
