import { LIMITS } from "../../gen/constants.js";
import { EventyError, type LooseFields, pathOf } from "../../record/index.js";

// The object that is the record stands above the first level that the limit counts.
const LEVELS = LIMITS.nesting + 1;

const SEPARATORS = " \t\r\n,:";
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LITERAL = /[^\s,\]}]+/y;
const INTEGER = /^-?\d+$/;

/**
 * Parses a text that `JSON.parse` has accepted, and keeps what that one loses:
 * integers beyond 2^53, and keys that stand twice, in order to refuse them.
 *
 * @throws EventyError MALFORMED for a key that stands twice if `strict`, LIMIT_EXCEEDED.
 */
export function parseExact(text: string, strict: boolean): LooseFields {
  return new ExactParser(text, strict).value("", 1) as LooseFields;
}

class ExactParser {
  readonly #text: string;
  readonly #strict: boolean;
  #at = 0;

  constructor(text: string, strict: boolean) {
    this.#text = text;
    this.#strict = strict;
  }

  value(path: string, level: number): unknown {
    switch (this.#next()) {
      case "{":
        return this.#map(path, level);
      case "[":
        return this.#list(path, level);
      case '"':
        return this.#string();
      default:
        return this.#literal();
    }
  }

  #map(path: string, level: number): LooseFields {
    this.#enter(level);
    const members = new Map<string, unknown>();
    while (this.#next() !== "}") {
      const key = this.#string();
      const place = pathOf(path, key);
      if (this.#strict && members.has(key)) {
        throw new EventyError("MALFORMED", "the key stands twice", { path: place });
      }
      members.set(key, this.value(place, level + 1));
    }
    this.#at++;
    return Object.fromEntries(members);
  }

  #list(path: string, level: number): unknown[] {
    this.#enter(level);
    const members: unknown[] = [];
    while (this.#next() !== "]") members.push(this.value(pathOf(path, members.length), level + 1));
    this.#at++;
    return members;
  }

  #enter(level: number): void {
    if (level > LEVELS)
      throw new EventyError("LIMIT_EXCEEDED", `more than ${LIMITS.nesting} levels of nesting`);
    this.#at++;
  }

  #string(): string {
    const start = this.#at++;
    for (let code = this.#text.charCodeAt(this.#at); code !== QUOTE; code = this.#text.charCodeAt(this.#at)) {
      this.#at += code === BACKSLASH ? 2 : 1;
    }
    this.#at++;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #literal(): unknown {
    LITERAL.lastIndex = this.#at;
    const token = LITERAL.exec(this.#text)?.[0] ?? "";
    this.#at += token.length;
    const value: unknown = JSON.parse(token);
    return INTEGER.test(token) && !Number.isSafeInteger(value) ? BigInt(token) : value;
  }

  /** The first character that is no separator. In a text known to be valid, separators say nothing more. */
  #next(): string {
    while (SEPARATORS.includes(this.#text.charAt(this.#at))) this.#at++;
    return this.#text.charAt(this.#at);
  }
}
