import { type Codec, CodecRegistry } from "../codec/index.js";
import { jsonCodec } from "../codec/json/index.js";
import type { ContextLimits, Scope } from "../context/index.js";
import { HEADER_NAMES } from "../gen/constants.js";
import { EventyError } from "../record/index.js";
import type { Headers } from "../store/index.js";
import type { Hooks } from "./hooks.js";
import type { LastResort } from "./policy.js";
import type { Service } from "./service.js";

/** Of whom, and by what rules, records are handled and emitted. */
export interface EnvironmentOptions {
  readonly service: Service;
  /** Name of this instance of the service, for sources of the form `service:instance`. Default: none. */
  readonly instance?: string;
  /** How records are read, and written with the first of them. Default: JSON. */
  readonly codecs?: Codec | CodecRegistry;
  /** Content type of records that come without. Default: that of the only codec, or of the one that recognises the bytes. */
  readonly readAs?: string;
  /** Limits of contexts, of what arrives and of what is emitted. Default: those of the protocol. */
  readonly contextLimits?: Partial<ContextLimits>;
  /** Gives the date of what is emitted, in milliseconds since 1970-01-01T00:00:00Z. Default: `Date.now`. */
  readonly now?: () => number;
  readonly hooks?: Hooks;
  /** What is done with bytes that are no record, or whose context is beyond a limit. Default: `deadLetter`. */
  readonly undecodable?: LastResort;
  /** Bytes of outputs that wait for one commit, at most. Default: 64 MiB. */
  readonly bufferBytes?: number;
}

/** The options with everything settled that has a default. */
export interface Environment {
  readonly service: Service;
  readonly codecs: CodecRegistry;
  /** Content type of what is written. */
  readonly contentType: string;
  /** Content type of what comes without; undefined: it is recognised. */
  readonly readAs: string | undefined;
  /** Headers of everything that is written. */
  readonly headers: Headers;
  readonly contextLimits: Partial<ContextLimits>;
  readonly now: () => number;
  readonly hooks: Hooks;
  readonly undecodable: LastResort;
  readonly bufferBytes: number;
  /** The scope in which is emitted while no record is handled. */
  readonly scope: Scope;
}

const BUFFER_BYTES = 64 * 1024 * 1024;

/**
 * Settles everything that has a default.
 *
 * @throws EventyError INVALID_ARGUMENT if there is no codec.
 */
export function environmentOf(options: EnvironmentOptions): Environment {
  const { service, instance, codecs = jsonCodec(), contextLimits = {}, now = Date.now } = options;
  const registry = codecs instanceof CodecRegistry ? codecs : new CodecRegistry(codecs);
  const contentType = registry.codecs[0]?.contentType;
  if (contentType === undefined) throw new EventyError("INVALID_ARGUMENT", "codecs has no codec");
  return {
    service,
    codecs: registry,
    contentType,
    readAs: options.readAs ?? (codecs instanceof CodecRegistry ? undefined : contentType),
    headers: Object.freeze({ [HEADER_NAMES.contentType]: contentType }),
    contextLimits,
    now,
    hooks: options.hooks ?? {},
    undecodable: options.undecodable ?? "deadLetter",
    bufferBytes: options.bufferBytes ?? BUFFER_BYTES,
    scope: {
      service: service.urn,
      limits: contextLimits,
      now,
      ...(instance === undefined ? {} : { instance }),
    },
  };
}
