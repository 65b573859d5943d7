import { create } from "@bufbuild/protobuf";
import { EventyError } from "@eventy/sdk/record";
import { murmur2Partitioner, type RecordStore } from "@eventy/sdk/store";
import {
  type Command,
  DoneSchema,
  type Open,
  PartitionedSchema,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { type Answer, answer, failed } from "./answer.js";
import type { Parts } from "./parts.js";
import { Runs } from "./runs.js";
import type { Say } from "./serve.js";
import { acknowledged, createTopic, read, stateGet, write } from "./store-answers.js";

const DONE: Answer = { case: "done", value: create(DoneSchema) };

/** The SDK as a testee, with its stores and services. */
export class Testee {
  readonly #parts: Parts;
  readonly #runs: Runs;
  #opened: RecordStore | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#runs = new Runs(parts);
  }

  /** What the SDK answers to a command; what happens in a run is said. */
  async answer(message: Command, say: Say): Promise<Answer> {
    try {
      return await this.#fulfil(message, say);
    } catch (error) {
      return failed(error);
    }
  }

  async #fulfil(message: Command, say: Say): Promise<Answer> {
    const { id, command } = message;
    switch (command.case) {
      case "partition": {
        const partition = murmur2Partitioner(command.value.key, command.value.partitions);
        return { case: "partitioned", value: create(PartitionedSchema, { partition }) };
      }
      case "open":
        await this.#open(command.value);
        return DONE;
      case "createTopic":
        return createTopic(this.#store, command.value);
      case "write":
        return write(this.#store, command.value);
      case "read":
        return read(this.#store, command.value);
      case "acknowledged":
        return acknowledged(this.#store, command.value);
      case "stateGet":
        return stateGet(this.#store, command.value);
      case "run":
        return this.#runs.start(id, command.value, this.#store, say);
      case "release":
        this.#runs.release(command.value);
        return DONE;
      case "stopRun":
        await this.#runs.stop(command.value.run);
        return DONE;
      default:
        return answer(message);
    }
  }

  async #open(open: Open): Promise<void> {
    await this.#opened?.close();
    this.#opened = undefined;
    this.#opened = await this.#parts.openStore(open);
  }

  get #store(): RecordStore {
    if (this.#opened === undefined) throw new EventyError("INVALID_ARGUMENT", "no store is open");
    return this.#opened;
  }
}
