import type { Gauge, Reading } from "../gauge.js";
import { cpuOf } from "./cpu.js";
import type { Peer } from "./peer.js";

/** Processor time for each record: of those who handle it, and of the brokers meanwhile. */
export function costs(title: string, peers: readonly Peer[], brokers: readonly number[]): Gauge {
  return {
    title,
    read: async () => {
      const readings: Reading[] = [];
      for (const peer of peers) readings.push(...(await costOf(peer, brokers)));
      return readings;
    },
  };
}

async function costOf(peer: Peer, brokers: readonly number[]): Promise<Reading[]> {
  const { name, fewest } = peer;
  await peer.fill(fewest);
  const [own, ofBrokers] = [cpuOf(peer.pids), cpuOf(brokers)];
  await peer.drain();
  return [
    ...reading(name, own, cpuOf(peer.pids), fewest),
    ...(brokers.length > 0 ? reading(`${name}: the broker`, ofBrokers, cpuOf(brokers), fewest) : []),
  ];
}

function reading(name: string, before = Number.NaN, after = Number.NaN, records = 1): Reading[] {
  const value = (after - before) / records;
  return Number.isNaN(value) ? [] : [{ name, value, unit: "µs" }];
}
