import { LIMITS } from "../gen/constants.js";
import type { Context, Data } from "../gen/record-types.js";
import { EventyError } from "./errors.js";
import { pathOf } from "./path.js";

/** What encoders need to know of the values of a record without walking them again. */
export interface Traits {
  /** There are bytes, which some encodings cannot carry. */
  readonly hasBytes: boolean;
  /** There is a bigint, or a number whose magnitude is 2^53 or more. */
  readonly hasWideNumbers: boolean;
}

/** Whose objects are sealed: frozen in place, or copied first. */
export type Ownership = "owned" | "borrowed";

type Loose = Record<string, unknown>;

/**
 * Checks values and makes them immutable, in one walk.
 *
 * Bytes cannot be frozen: each read of them gives a copy.
 */
export class Sealer {
  #hasBytes = false;
  #hasWideNumbers = false;
  #mayHaveBytes = true;
  readonly #ownership: Ownership;
  readonly #members: (string | number)[] = [];

  constructor(ownership: Ownership) {
    this.#ownership = ownership;
  }

  /**
   * The immutable form of a map of values, such as `data`.
   *
   * @throws EventyError INVALID_RECORD for what is no value, LIMIT_EXCEEDED for too many levels of nesting.
   */
  map(value: unknown, place: string): Data {
    this.#members[0] = place;
    return this.#map(this.#plain(value, 1), 1, 1) as Data;
  }

  /**
   * The immutable form of a context: a map of maps of values, without bytes.
   *
   * @throws EventyError INVALID_RECORD for what is no value, LIMIT_EXCEEDED for too many levels of nesting.
   */
  context(value: unknown, place: string): Context {
    this.#members[0] = place;
    const plain = this.#plain(value, 1);
    const context = this.#mayChange(plain) ? plain : { ...plain };
    this.#mayHaveBytes = false;
    for (const urn of Object.keys(context)) {
      this.#enter(1, urn);
      const part = this.#plain(context[urn], 2);
      const sealed = this.#map(part, 1, 2);
      if (sealed !== part) replace(context, urn, sealed);
    }
    this.#mayHaveBytes = true;
    return Object.freeze(context) as Context;
  }

  /**
   * The immutable form of fields that are not known, each a value of its own.
   *
   * @throws EventyError INVALID_RECORD for what is no value, LIMIT_EXCEEDED for too many levels of nesting.
   */
  unknownFields(fields: Loose): Data {
    return this.#map(fields, 0, 0) as Data;
  }

  /** What was seen in all values so far. */
  traits(): Traits {
    return { hasBytes: this.#hasBytes, hasWideNumbers: this.#hasWideNumbers };
  }

  #map(value: Loose, level: number, place: number): Loose {
    this.#checkLevel(level, place);
    const map = this.#mayChange(value) ? value : { ...value };
    for (const key of Object.keys(map)) {
      this.#enter(place, key);
      const member = map[key];
      const sealed = this.#value(member, level, place + 1);
      if (sealed instanceof Uint8Array) defineBytes(map, key, sealed);
      else if (sealed !== member) replace(map, key, sealed);
    }
    return Object.freeze(map);
  }

  #list(value: unknown[], level: number, place: number): readonly unknown[] {
    this.#checkLevel(level, place);
    const list = this.#mayChange(value) ? value : [...value];
    for (let index = 0; index < list.length; index++) {
      this.#members[place] = index;
      const member = list[index];
      const sealed = this.#value(member, level, place + 1);
      if (sealed instanceof Uint8Array) defineBytes(list, index, sealed);
      else if (sealed !== member) list[index] = sealed;
    }
    return Object.freeze(list);
  }

  #value(value: unknown, level: number, place: number): unknown {
    switch (typeof value) {
      case "string":
        if (!value.isWellFormed()) throw this.#invalid(place, "the text has a lone surrogate");
        return value;
      case "boolean":
        return value;
      case "number":
        if (!Number.isFinite(value)) throw this.#invalid(place, `${value} is not a finite number`);
        if (Math.abs(value) > Number.MAX_SAFE_INTEGER) this.#hasWideNumbers = true;
        return value;
      case "bigint":
        if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return Number(value);
        this.#hasWideNumbers = true;
        return value;
      case "object":
        if (value === null) return value;
        if (Array.isArray(value)) return this.#list(value, level + 1, place);
        if (value instanceof Uint8Array && this.#mayHaveBytes) {
          this.#hasBytes = true;
          return this.#ownership === "owned" ? value : new Uint8Array(value);
        }
        if (isPlainObject(value)) return this.#map(value, level + 1, place);
    }
    throw this.#invalid(place, `${describe(value)} is not a value of a record`);
  }

  #enter(place: number, key: string): void {
    if (!key.isWellFormed()) throw this.#invalid(place, "a key has a lone surrogate");
    this.#members[place] = key;
  }

  #plain(value: unknown, place: number): Loose {
    if (isPlainObject(value)) return value;
    throw this.#invalid(place, `${describe(value)} is not a map`);
  }

  #mayChange(value: object): boolean {
    return this.#ownership === "owned" && Object.isExtensible(value);
  }

  #checkLevel(level: number, place: number): void {
    if (level > LIMITS.nesting) {
      throw new EventyError("LIMIT_EXCEEDED", `more than ${LIMITS.nesting} levels of nesting`, {
        path: this.#path(Math.min(place, 8)),
      });
    }
  }

  #invalid(place: number, message: string): EventyError {
    return new EventyError("INVALID_RECORD", message, { path: this.#path(place) });
  }

  #path(place: number): string {
    return this.#members.slice(0, place).reduce<string>(pathOf, "");
  }
}

function isPlainObject(value: unknown): value is Loose {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Replaces a member, also one whose key is `__proto__`, which an assignment would lose. */
function replace(map: Loose, key: string, value: unknown): void {
  if (key !== "__proto__") map[key] = value;
  else Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}

function defineBytes(holder: object, key: string | number, bytes: Uint8Array): void {
  Object.defineProperty(holder, key, { get: () => new Uint8Array(bytes), enumerable: true });
}

function describe(value: unknown): string {
  if (value === undefined) return "undefined";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return `an object of class ${value.constructor?.name ?? "unknown"}`;
  return `a ${typeof value}`;
}
