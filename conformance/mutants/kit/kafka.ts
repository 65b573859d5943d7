import { createRequire } from "node:module";
import { Reader } from "../../src/kafka/reader.js";
import type { InTransaction, OfTopic, Requests } from "./kafka-requests.js";
import type { MutateParts } from "./parts.js";

// The store in Kafka sends its requests by brokers of kafkajs, and their bytes by connection pools. A mutant is a
// process of its own, so it changes these for all that there are in it.
const require = createRequire(import.meta.url);
const { prototype: broker } = require("kafkajs/src/broker/index.js") as { prototype: Requests };
const { prototype: pool } = require("kafkajs/src/network/connectionPool.js") as { prototype: Pool };

interface Pool {
  send(protocol: Protocol): Promise<unknown>;
}

interface Protocol {
  readonly request: {
    readonly apiName: string;
    readonly apiVersion: number;
    encode(): Promise<Encoded> | Encoded;
  };
  readonly response: { decode(payload: Buffer): Promise<unknown> };
}

interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

/** Asks brokers in another way; `ask` is how it is to be done, of the broker that `own` is. */
export function withRequests(
  changes: {
    readonly [name in keyof Requests]?: (ask: Requests[name], own: Requests) => Requests[name];
  },
): MutateParts {
  return onOpening(() => {
    for (const [name, change] of Object.entries(changes as Readonly<Record<string, Change>>)) {
      const original: Ask = Reflect.get(broker, name);
      Reflect.set(broker, name, function (this: Requests, request: object) {
        return change((other) => original.call(this, other), this)(request);
      });
    }
  });
}

type Ask = (request: object) => Promise<unknown>;
type Change = (ask: Ask, own: Requests) => Ask;

/** Sends other bytes: those that follow the header of a request, and those that follow the header of its answer. */
export function withBytes(
  sends: (name: string, body: Buffer) => Buffer,
  hears: (name: string, body: Buffer) => Buffer = (_, body) => body,
): MutateParts {
  return onOpening(() => {
    const { send } = pool;
    pool.send = function (this: Pool, { request, response }: Protocol) {
      const { apiName } = request;
      const encode = async () => {
        const buffer = sends(apiName, (await request.encode()).buffer);
        return { buf: buffer, buffer };
      };
      const decode = (payload: Buffer) => response.decode(hears(apiName, payload));
      return send.call(this, { request: { ...request, encode }, response: { ...response, decode } });
    };
  });
}

/** An offset of a group, as the store in Kafka reads it. */
export interface ReadOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly metadata: string | null;
}

/** Offsets as kafkajs has them, as the store reads them. */
export function readOffsets(topics: readonly OfTopic[]): readonly ReadOffset[] {
  return topics.flatMap(({ topic, partitions }) =>
    partitions.map(({ partition, offset, metadata = null }) => ({
      topic,
      partition,
      offset: Number(offset),
      metadata,
    })),
  );
}

type ReadOffsets = () => Promise<readonly ReadOffset[]>;

/** Reads the offsets of groups in another way; `ask` is how it is to be done. */
export function withOffsets(
  change: (ask: ReadOffsets, group: string) => Promise<readonly ReadOffset[]>,
): MutateParts {
  return onOpening(() => {
    const { send } = pool;
    pool.send = async function (this: Pool, protocol: Protocol) {
      const ask = () => send.call(this, protocol);
      const { apiName, apiVersion } = protocol.request;
      // The older ones are those of kafkajs, by which mutants ask.
      if (apiName !== "OffsetFetch" || apiVersion < 7) return ask();
      const reader = new Reader((await protocol.request.encode()).buffer);
      reader.tags();
      return change(ask as ReadOffsets, reader.compactString() ?? "");
    };
  });
}

/** Has another name for a topic, as long as its own, or for a part of one. */
export function renames(name: string, other: string): MutateParts {
  return withBytes(
    (_, body) => replaced(body, name, other),
    (_, body) => replaced(body, other, name),
  );
}

/** Has transactional ids for claims that no other process has. */
export function withOwnTransactionalIds(): MutateParts {
  const change = (id: string) => (id.startsWith("eventy:") ? `${id}:${process.pid}` : id);
  const changed = <R extends InTransaction>(request: R) => ({
    ...request,
    transactionalId: change(request.transactionalId),
  });
  const requests = withRequests({
    findGroupCoordinator: (ask) => (request) =>
      ask(request.coordinatorType === 1 ? { ...request, groupId: change(request.groupId) } : request),
    initProducerId: (ask) => (request) =>
      ask({ ...request, transactionalId: request.transactionalId && change(request.transactionalId) }),
    addPartitionsToTxn: (ask) => (request) => ask(changed(request)),
    addOffsetsToTxn: (ask) => (request) => ask(changed(request)),
    txnOffsetCommit: (ask) => (request) => ask(changed(request)),
    endTxn: (ask) => (request) => ask(changed(request)),
  });
  const produce = withBytes((name, body) => {
    const length = name === "Produce" ? body.readInt16BE(0) : -1;
    if (length < 0) return body;
    const id = Buffer.from(change(body.subarray(2, 2 + length).toString()));
    const head = Buffer.alloc(2);
    head.writeInt16BE(id.length);
    return Buffer.concat([head, id, body.subarray(2 + length)]);
  });
  return (parts) => produce(requests(parts));
}

/** Changes something of the process before the first store is opened. */
function onOpening(act: () => void): MutateParts {
  return (parts) => {
    let isDone = false;
    return {
      ...parts,
      openStore: (open) => {
        if (!isDone) act();
        isDone = true;
        return parts.openStore(open);
      },
    };
  };
}

function replaced(bytes: Buffer, text: string, other: string): Buffer {
  const changed = Buffer.from(bytes);
  for (let at = changed.indexOf(text); at >= 0; at = changed.indexOf(text, at + 1)) changed.write(other, at);
  return changed;
}
