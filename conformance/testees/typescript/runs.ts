import { create } from "@bufbuild/protobuf";
import { type AppOptions, Service } from "@eventy/sdk/processing";
import { EventyError } from "@eventy/sdk/record";
import type { Cursor, RecordStore } from "@eventy/sdk/store";
import {
  DoneSchema,
  GroupStoppedSchema,
  type Release,
  type Run,
  RunningSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { type Answer, failureOf } from "./answer.js";
import { codecsOf } from "./codecs.js";
import { Gates } from "./gates.js";
import { resortOf } from "./handlers.js";
import type { Parts, RunningApp } from "./parts.js";
import type { Say } from "./serve.js";
import type { Script } from "./steps.js";

/** Shorter than cases wait for the end of a run. */
const DRAIN_TIMEOUT_MS = 5_000;

/** The services that this process runs. */
export class Runs {
  readonly #parts: Parts;
  readonly #gates = new Gates();
  readonly #tries = new Map<string, number>();
  readonly #running = new Map<string, { readonly controller: AbortController; ended: Promise<void> }>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Has a service run; it says how it goes, once it was said that it runs. */
  async start(id: string, command: Run, store: RecordStore, say: Say): Promise<Answer> {
    const script = { say, gates: this.#gates, tries: this.#tries };
    const service = new Service(command.service);
    const handlers = this.#parts.makeHandlers(command.handlers, service, script);
    const app = this.#parts.makeApp(await optionsOf(command, service, handlers, store, script));
    const controller = new AbortController();
    const { signal } = controller;
    const ended = new Promise<void>((resolve) => {
      setImmediate(() => {
        resolve(tellEnd(begin(app, command, signal), say).finally(() => this.#running.delete(id)));
      });
    });
    this.#running.set(id, { controller, ended });
    return { case: "running", value: create(RunningSchema) };
  }

  release({ gate, once }: Release): void {
    this.#gates.release(gate, once);
  }

  /** Ends a run in order. */
  async stop(id: string): Promise<void> {
    const running = this.#running.get(id);
    running?.controller.abort();
    await running?.ended;
  }
}

function begin(app: RunningApp, { replay, untilEnd }: Run, signal: AbortSignal): Promise<void> {
  if (replay) return app.replayDeadLetters({ signal });
  return untilEnd ? app.runToEnd({ signal }) : app.run({ signal });
}

async function tellEnd(run: Promise<void>, say: Say): Promise<void> {
  try {
    await run;
    say({ case: "done", value: create(DoneSchema) });
  } catch (error) {
    say({ case: "fatal", value: failureOf(error) });
  }
}

async function optionsOf(
  command: Run,
  service: Service,
  handlers: AppOptions["handlers"],
  store: RecordStore,
  script: Script,
): Promise<AppOptions> {
  const { maxBatch, crashLimit, undecodable } = command;
  const resort = resortOf(undecodable);
  const start = await startOf(command, store, service);
  return {
    service,
    store,
    handlers,
    drainTimeoutMs: DRAIN_TIMEOUT_MS,
    codecs: codecsOf(command.encoding, command.schemas),
    hooks: {
      onGroupStopped: (group, error) =>
        script.say({
          case: "groupStopped",
          value: create(GroupStoppedSchema, { group, error: failureOf(error) }),
        }),
    },
    ...(start === undefined ? {} : { start }),
    ...(maxBatch === 0 ? {} : { batch: { maxRecords: maxBatch } }),
    ...(crashLimit === 0 ? {} : { crashLimit }),
    ...(resort === undefined ? {} : { undecodable: resort }),
  };
}

async function startOf(
  { start, handlers }: Run,
  store: RecordStore,
  service: Service,
): Promise<Cursor | undefined> {
  switch (start?.cursor.case) {
    case "begin":
      return "BEGIN";
    case "acknowledged":
      return "ACKNOWLEDGED";
    case "current":
      return "CURRENT";
    case "date":
      return new Date(Number(start.cursor.value));
    case "offset": {
      const [first] = handlers;
      if (first === undefined) throw new EventyError("INVALID_ARGUMENT", "there are no handlers");
      const { topics } = first.namespace === service.urn ? service : new Service(first.namespace);
      const partitions = await store.partitionsOf(topics.events);
      return Array<number>(partitions).fill(Number(start.cursor.value));
    }
    default:
      return undefined;
  }
}
