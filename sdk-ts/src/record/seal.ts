import { LIMITS } from "../gen/constants.js";
import type { Context, Data } from "../gen/record-types.js";
import { NestedError } from "./nested-error.js";
import { setMember } from "./set-member.js";

/** What encoders need to know of the values of a record without walking them again. */
export interface Traits {
  /** There are bytes, which some encodings cannot carry. */
  readonly hasBytes: boolean;
  /** There is a bigint, or a number whose magnitude is 2^53 or more. */
  readonly hasWideNumbers: boolean;
}

/** Whose objects are sealed: frozen in place, or copied first. */
export type Ownership = "owned" | "borrowed";

type Loose = { [key: string]: unknown };

/**
 * Checks values and makes them immutable, in one walk.
 *
 * Bytes cannot be frozen: each read of them gives a copy. Every function throws
 * an EventyError: INVALID_RECORD for what is no value, LIMIT_EXCEEDED for too
 * many levels of nesting.
 */
export class Sealer implements Traits {
  hasBytes = false;
  hasWideNumbers = false;
  readonly #owned: boolean;
  #mayHaveBytes = true;

  constructor(ownership: Ownership) {
    this.#owned = ownership === "owned";
  }

  /** The immutable form of a map of values, such as `data`. */
  map(value: unknown, place: string): Data {
    try {
      return this.#map(plain(value), 1) as Data;
    } catch (error) {
      throw NestedError.at(place, error);
    }
  }

  /** The immutable form of a context: a map of maps of values, without bytes. */
  context(value: unknown, place: string): Context {
    this.#mayHaveBytes = false;
    try {
      return this.#parts(plain(value)) as Context;
    } catch (error) {
      throw NestedError.at(place, error);
    } finally {
      this.#mayHaveBytes = true;
    }
  }

  /** The immutable form of fields that are not known, each a value of its own. */
  unknownFields(fields: Loose): Data {
    try {
      return this.#map(fields, 0) as Data;
    } catch (error) {
      throw NestedError.at("", error);
    }
  }

  #parts(value: Loose): Loose {
    let context = this.#owned ? value : { ...value };
    for (const urn of Object.keys(value)) {
      checkKey(urn);
      try {
        const part = plain(context[urn]);
        const sealed = this.#map(part, 1);
        if (sealed !== part) context = withMember(context, urn, sealed);
      } catch (error) {
        throw NestedError.within(urn, error);
      }
    }
    return Object.freeze(context);
  }

  #map(value: Loose, level: number): Loose {
    checkLevel(level);
    let map = this.#owned ? value : { ...value };
    for (const key of Object.keys(value)) {
      checkKey(key);
      const member = map[key];
      try {
        const sealed = this.#value(member, level);
        if (this.#differs(sealed, member)) map = withMember(map, key, sealed);
      } catch (error) {
        throw NestedError.within(key, error);
      }
    }
    return Object.freeze(map);
  }

  #list(value: unknown[], level: number): readonly unknown[] {
    checkLevel(level);
    let list = this.#owned ? value : [...value];
    for (let index = 0; index < value.length; index++) {
      const member = list[index];
      try {
        const sealed = this.#value(member, level);
        if (this.#differs(sealed, member)) list = withMember(list, index, sealed);
      } catch (error) {
        throw NestedError.within(index, error);
      }
    }
    return Object.freeze(list);
  }

  #value(value: unknown, level: number): unknown {
    switch (typeof value) {
      case "string":
        if (!value.isWellFormed()) throw invalid("the text has a lone surrogate");
        return value;
      case "boolean":
        return value;
      case "number":
        if (!Number.isSafeInteger(value)) this.#checkNumber(value);
        return value;
      case "bigint":
        if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return Number(value);
        this.hasWideNumbers = true;
        return value;
      case "object":
        if (value === null) return value;
        if (Array.isArray(value)) return this.#list(value, level + 1);
        if (isPlain(value)) return this.#map(value, level + 1);
        if (value instanceof Uint8Array && this.#mayHaveBytes) return this.#bytes(value);
    }
    throw invalid(`${describe(value)} is not a value of a record`);
  }

  #checkNumber(value: number): void {
    if (!Number.isFinite(value)) throw invalid(`${value} is not a finite number`);
    if (Math.abs(value) > Number.MAX_SAFE_INTEGER) this.hasWideNumbers = true;
  }

  #bytes(value: Uint8Array): Uint8Array {
    this.hasBytes = true;
    return this.#owned ? value : new Uint8Array(value);
  }

  #differs(sealed: unknown, member: unknown): boolean {
    return sealed !== member || (this.hasBytes && sealed instanceof Uint8Array);
  }
}

function checkLevel(level: number): void {
  if (level <= LIMITS.nesting) return;
  throw new NestedError("LIMIT_EXCEEDED", `more than ${LIMITS.nesting} levels of nesting`);
}

function checkKey(key: string): void {
  if (!key.isWellFormed()) throw invalid("a key has a lone surrogate");
}

function plain(value: unknown): Loose {
  if (typeof value === "object" && value !== null && isPlain(value)) return value;
  throw invalid(`${describe(value)} is not a map`);
}

function isPlain(value: object): value is Loose {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The holder with another member; a copy of it, where it is frozen already. */
function withMember<T extends object>(holder: T, key: string | number, value: unknown): T {
  const changed = (Object.isExtensible(holder) ? holder : copy(holder)) as {
    [key: string | number]: unknown;
  };
  if (value instanceof Uint8Array) {
    Object.defineProperty(changed, key, { get: () => new Uint8Array(value), enumerable: true });
  } else setMember(changed, key, value);
  return changed as T;
}

function copy(holder: object): object {
  return Array.isArray(holder) ? [...holder] : { ...holder };
}

function invalid(message: string): NestedError {
  return new NestedError("INVALID_RECORD", message);
}

function describe(value: unknown): string {
  if (value === undefined) return "undefined";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return `an object of class ${value.constructor?.name ?? "unknown"}`;
  return `a ${typeof value}`;
}
