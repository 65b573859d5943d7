import { CodecRegistry } from "@eventy/sdk/codec";
import type { AppOptions, Handler, HandlerFunction, OutputDraft } from "@eventy/sdk/processing";
import type { EventyRecord } from "@eventy/sdk/record";
import type { Claim, Member, NewRecord, RecordStore } from "@eventy/sdk/store";
import type { Parts } from "../../testees/typescript/parts.js";
import { override } from "./override.js";

type Decode = CodecRegistry["decode"];

/** Changes what stores and runs of the testee are made of. */
export type MutateParts = (parts: Parts) => Parts;

/** Has another store: what it opens is changed. */
export function withStore(change: (store: RecordStore) => RecordStore): MutateParts {
  return (parts) => ({ ...parts, openStore: async (open) => change(await parts.openStore(open)) });
}

/** Has other members of groups. */
export function withMembers(change: (member: Member, store: RecordStore) => Member): MutateParts {
  return withStore((store) =>
    override(store, { join: async (options) => change(await store.join(options), store) }),
  );
}

/** Has other claims on partitions. */
export function withClaims(change: (claim: Claim, store: RecordStore) => Claim): MutateParts {
  return withMembers((member, store) =>
    override(member, { claims: () => changed(member.claims(), (claim) => change(claim, store)) }),
  );
}

/** Appends other records while it processes. */
export function withOutputs(change: (records: readonly NewRecord[]) => readonly NewRecord[]): MutateParts {
  return withClaims((claim) =>
    override(claim, {
      append: (records) => claim.append(change(records)),
      commit: (transaction) => claim.commit({ ...transaction, records: change(transaction.records ?? []) }),
    }),
  );
}

/** Runs services with other options. */
export function withOptions(change: (options: AppOptions) => AppOptions): MutateParts {
  return (parts) => ({ ...parts, makeApp: (options) => parts.makeApp(change(options)) });
}

/** Decodes in another way; `decode` is how it is to be done. */
export function withDecoding(change: (decode: Decode, codecs: CodecRegistry) => Decode): MutateParts {
  return withOptions((options) => {
    const { codecs } = options;
    if (!(codecs instanceof CodecRegistry)) return options;
    const decode = change((...args) => codecs.decode(...args), codecs);
    return { ...options, codecs: override(codecs, { decode }) };
  });
}

/** Knows where the store is that was opened. */
export function withLocation(change: (location: () => string) => MutateParts): MutateParts {
  return (parts) => {
    let location = "";
    const changed = change(() => location)(parts);
    return {
      ...changed,
      openStore: (open) => {
        location = open.location;
        return changed.openStore(open);
      },
    };
  };
}

/** Runs services with other handlers. */
export function withHandlers(change: (handler: Handler, index: number) => Handler): MutateParts {
  return withOptions((options) => ({ ...options, handlers: options.handlers.map(change) }));
}

/** How a handler is called. */
export type Call = (...args: Parameters<HandlerFunction<EventyRecord>>) => AsyncIterable<OutputDraft>;

/** Calls handlers in another way; `call` is how they are to be called. */
export function withCalls(
  change: (call: Call, handler: Handler, all: readonly Handler[]) => Call,
): MutateParts {
  return withOptions((options) => ({
    ...options,
    handlers: options.handlers.map((handler) => ({
      ...handler,
      handle: change(
        (record, context) => iterate(handler.handle(record, context)),
        handler,
        options.handlers,
      ),
    })),
  }));
}

async function* iterate(outputs: ReturnType<HandlerFunction<EventyRecord>>): AsyncGenerator<OutputDraft> {
  if (Symbol.asyncIterator in outputs) yield* outputs;
  else yield* (await outputs) ?? [];
}

async function* changed<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncGenerator<T> {
  for await (const item of items) yield change(item);
}
