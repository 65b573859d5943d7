import { jsonCodec } from "@eventy/sdk/codec/json";
import { createEvent } from "@eventy/sdk/record";

/** How many different records a benchmark goes through. */
const variety = 64;

/** A record as a store holds it: its key, and the record in JSON, of about 330 bytes with what every record has. */
export interface Input {
  readonly key: string;
  readonly value: Uint8Array;
}

const codec = jsonCodec();

const inputs: readonly Input[] = Array.from({ length: variety }, (_, i) => {
  const key = `c${1000 + i}`;
  const event = createEvent({
    namespace: "urn:shop",
    name: "Placed",
    source: "urn:shop",
    uuid: `3f2a9c54-7be1-4d0a-9c36-5e8d1b40a7${i.toString(16).padStart(2, "0")}`,
    correlationId: `shop:${i}`,
    partitionKey: key,
    date: Date.UTC(2026, 2, 14, 15, 9, 26, 535) + i,
    data: { order: 104_200 + i },
  });
  return { key, value: codec.encode(event) };
});

/** The same few records again and again, as many as are asked for. */
export function takeInputs(count: number): Input[] {
  return Array.from({ length: count }, (_, i) => inputs[i % variety] as Input);
}

/** What every record says of its bytes. */
export const headers: Readonly<Record<string, string>> = { "content-type": codec.contentType };
