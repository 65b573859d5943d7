import type { StoredRecord } from "../../../src/store/index.js";
import type { KafkaJs } from "../../../src/store/kafka/client/kafkajs.js";
import { loadKafkaJs } from "../../../src/store/kafka/client/kafkajs.js";
import { AT, ATTRIBUTE } from "../../../src/store/kafka/log/batch-header.js";
import { encodeBatch, NOBODY } from "../../../src/store/kafka/log/encode-batch.js";
import type { AbortedTransaction } from "../../../src/store/kafka/log/fetch.js";
import { LogBuffer, type Prepared, prepared } from "../../../src/store/kafka/log/log-buffer.js";
import { crc32c } from "./kafkajs.js";

export const PARTITION = { topic: "orders", partition: 3 };
const kafkaJs: KafkaJs = loadKafkaJs();

/** Records with these texts as their values. */
export function records(...texts: readonly string[]) {
  return texts.map((text) => ({ topic: "orders", key: null, value: Buffer.from(text) }));
}

/** A batch as it stands in the log of a broker. */
export function batchAt(offset: number, texts: readonly string[], producerId = -1): Buffer {
  const producer = { ...NOBODY, producerId: `${producerId}`, isTransactional: producerId >= 0 };
  const bytes = encodeBatch(records(...texts), producer, 1000);
  bytes.writeBigInt64BE(BigInt(offset), AT.BASE_OFFSET);
  return bytes;
}

/** The batch that says that a transaction of a producer ended. */
export function marker(offset: number, producerId: number, type: "abort" | "commit"): Buffer {
  const key = Buffer.from([0, 0, 0, type === "abort" ? 0 : 1]).toString("latin1");
  const producer = { ...NOBODY, producerId: `${producerId}`, isTransactional: true };
  const bytes = encodeBatch([{ topic: "orders", key, value: Buffer.alloc(6) }], producer, 1000);
  bytes.writeBigInt64BE(BigInt(offset), AT.BASE_OFFSET);
  return changed(bytes, (batch) => {
    batch.writeInt16BE(ATTRIBUTE.TRANSACTIONAL | ATTRIBUTE.CONTROL, AT.ATTRIBUTES);
  });
}

/** The batch with other bytes, and the checksum of these. */
export function changed(batch: Buffer, change: (batch: Buffer) => void): Buffer {
  const bytes = Buffer.from(batch);
  change(bytes);
  bytes.writeUInt32BE(crc32c(bytes.subarray(AT.ATTRIBUTES)), AT.CRC);
  return bytes;
}

/** An answer, as it is added to what was read before. */
export function preparedOf(
  log: readonly Buffer[],
  { from = 0, aborted = [] as readonly AbortedTransaction[] } = {},
): Promise<Prepared> {
  return prepared({ log: Buffer.concat(log), aborted }, PARTITION, from, kafkaJs);
}

/** What is read of an answer. */
export async function readAll(
  log: readonly Buffer[],
  { from = 0, aborted = [] as readonly AbortedTransaction[] } = {},
): Promise<{ readonly records: readonly StoredRecord[]; readonly next: number }> {
  const buffer = new LogBuffer(PARTITION, from);
  buffer.add(await preparedOf(log, { from, aborted }));
  const all: StoredRecord[] = [];
  for (let record = buffer.peek(); record !== undefined; record = buffer.peek()) {
    buffer.take(record);
    all.push(record);
  }
  return { records: all, next: buffer.position };
}

export function textsOf(read: { readonly records: readonly StoredRecord[] }): string[] {
  return read.records.map(({ value }) => Buffer.from(value ?? []).toString());
}
