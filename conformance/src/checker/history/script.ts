import {
  type Draft,
  type EmitStep,
  type Handler,
  Policy,
  type Step,
} from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import type { NeutralRecord } from "../../oracle/index.js";
import { entriesOf } from "../../oracle/values.js";
import type { KeptRecord } from "./history.js";

/** How a handler ends with a record, whatever happens around it. */
export type Fate = "finishes" | "stops" | "dead-letters" | "skips" | "crashes" | "hangs";

/** A record that a script emits, and how many of its name were emitted before. */
export interface ScriptedOutput {
  readonly draft: Draft;
  readonly index: number;
}

/** A change that a script makes to a number in a state. */
export interface ScriptedAdd {
  readonly state: string;
  readonly key: string;
  readonly delta: bigint;
}

/** What a handler's script does with a record. */
export interface Scripted {
  readonly fate: Fate;
  /** What it emits, until it ends. */
  readonly outputs: readonly ScriptedOutput[];
  /** Labels of its effects, until it ends. */
  readonly effects: readonly string[];
  readonly adds: readonly ScriptedAdd[];
}

const AFTER_FAILURE: { readonly [policy in Policy]: Fate } = {
  [Policy.UNSPECIFIED]: "stops",
  [Policy.STOP]: "stops",
  [Policy.DEAD_LETTER]: "dead-letters",
  [Policy.SKIP]: "skips",
};

/** What a script does with a record: the tries that it makes on the way are not told apart. */
export function play(handler: Handler, record: NeutralRecord): Scripted {
  const outputs: ScriptedOutput[] = [];
  const effects: string[] = [];
  const adds: ScriptedAdd[] = [];
  const ends = (fate: Fate): Scripted => ({ fate, outputs, effects, adds });
  for (const { step } of handler.steps.filter((one) => isFor(one, record))) {
    switch (step.case) {
      case "emit":
        outputs.push(...emitted(step.value));
        break;
      case "effect":
        effects.push(step.value.label);
        break;
      case "addState":
        adds.push({
          state: step.value.state,
          key: step.value.key || (record.partitionKey ?? ""),
          delta: step.value.delta,
        });
        break;
      case "throw":
        if (step.value.times === 0 || step.value.times > handler.retries) {
          return ends(AFTER_FAILURE[handler.onError]);
        }
        break;
      case "sleepMs":
        if (handler.timeoutMs > 0 && step.value > handler.timeoutMs)
          return ends(AFTER_FAILURE[handler.onError]);
        break;
      case "hang":
        return ends(handler.timeoutMs > 0 ? AFTER_FAILURE[handler.onError] : "hangs");
      case "crash":
        return ends("crashes");
    }
  }
  return ends("finishes");
}

/** Whether a handler of a service handles a record. */
export function handles(handler: Handler, record: NeutralRecord, service: string): boolean {
  const { type, namespace, name, destination } = record;
  if (handler.type !== type || handler.namespace !== namespace || handler.name !== name) return false;
  return type !== RecordType.RESPONSE || isDestination(destination, service);
}

/** Whether the headers of a record say that it is a response to another service, which nobody decodes. */
export function isForOthers({ topic, headers }: KeptRecord, service: string): boolean {
  const destination = headers.get("eventy-destination");
  return destination !== undefined && topic.endsWith("-responses") && !isDestination(destination, service);
}

function isDestination(destination: string, service: string): boolean {
  return destination === service || destination.startsWith(`${service}:`);
}

const SUFFIXES: { readonly [type in RecordType]: string } = {
  [RecordType.UNSPECIFIED]: "",
  [RecordType.EVENT]: "events",
  [RecordType.REQUEST]: "requests",
  [RecordType.RESPONSE]: "responses",
};

/** The topic that holds the records of a type that a service defines. */
export function topicOf(type: RecordType, service: string): string {
  return `${topicPrefix(service)}${SUFFIXES[type]}`;
}

/** The topic that holds the dead letters of a service. */
export function deadLettersOf(service: string): string {
  return `${topicPrefix(service)}dead-letters`;
}

function topicPrefix(service: string): string {
  return `${prefixOf(service)}-`;
}

/** What the topics and the default group of a service are named after. */
export function prefixOf(service: string): string {
  return service.replace(/^urn:/, "").replaceAll(":", ".");
}

/** The group of a handler of a service. */
export function groupOf(handler: Handler, service: string): string {
  return handler.group || prefixOf(service);
}

function emitted({ draft, times }: EmitStep): ScriptedOutput[] {
  return draft ? Array.from({ length: Math.max(1, times) }, (_, index) => ({ draft, index })) : [];
}

function isFor({ onlyIf }: Step, record: NeutralRecord): boolean {
  if (onlyIf === "") return true;
  const flag = record.payload.case === "data" ? entriesOf(record.payload.value).get(onlyIf) : undefined;
  return flag?.kind.case === "boolean" && flag.kind.value;
}
