import { jsonCodec } from "@eventy/sdk/codec/json";
import { createEvent, type Data } from "@eventy/sdk/record";

/** How many different records a benchmark goes through. */
const variety = 64;

/** A record as a store holds it: its key, and the record in JSON. */
export interface Input {
  readonly key: string;
  readonly value: Uint8Array;
}

/** Small: a record of about 330 bytes, with what every record has. Large: of 1 KiB. */
export type InputSize = "small" | "large";

const codec = jsonCodec();
const kibibyte = 1024;

const inputs: Readonly<Record<InputSize, readonly Input[]>> = {
  small: make((i) => ({ order: 104_200 + i })),
  large: make((i) => padded(i, orderOf(i))),
};

/** The same few records again and again, as many as are asked for. */
export function takeInputs(count: number, size: InputSize = "small"): Input[] {
  return Array.from({ length: count }, (_, i) => inputs[size][i % variety] as Input);
}

function make(dataOf: (i: number) => Data): Input[] {
  return Array.from({ length: variety }, (_, i) => inputOf(i, dataOf(i)));
}

function inputOf(i: number, data: Data): Input {
  const key = `c${1000 + i}`;
  const event = createEvent({
    namespace: "urn:shop",
    name: "Placed",
    source: "urn:shop",
    uuid: `3f2a9c54-7be1-4d0a-9c36-5e8d1b40a7${i.toString(16).padStart(2, "0")}`,
    correlationId: `shop:${i}`,
    partitionKey: key,
    date: Date.UTC(2026, 2, 14, 15, 9, 26, 535) + i,
    data,
  });
  return { key, value: codec.encode(event) };
}

function orderOf(i: number): Data {
  return {
    order: 104_200 + i,
    customer: { name: "Zoë Martin", street: "12 rue des Lilas", city: "75020 Paris", country: "FR" },
    express: i % 2 === 0,
    lines: ["TEA-EARL-250", "CUP-BLUE", "SPOON-SMALL", "TEAPOT-GREEN"].map((sku, line) => ({
      sku,
      quantity: line + 1,
      cents: 320 + 175 * line,
    })),
  };
}

/** With a note that makes it a record of exactly 1 KiB. */
function padded(i: number, data: Data): Data {
  const missing = kibibyte - inputOf(i, { ...data, note: "" }).value.length;
  return { ...data, note: "Leave it at the back door. ".repeat(kibibyte).slice(0, missing) };
}

/** What every record says of its bytes. */
export const headers: Readonly<Record<string, string>> = { "content-type": codec.contentType };
