import { randomUUID } from "node:crypto";

/** A new correlation id, `service:operation:random`, for the root of a causal chain. */
export function newCorrelationId(source: string, operation: string): string {
  const service = source.replace(/^urn:/, "");
  return `${service}:${operation}:${randomText()}`;
}

/** 62 random bits. Node draws UUIDs from a pool, which costs less than asking for so few bytes. */
function randomText(): string {
  return randomUUID().slice(19).replace("-", "");
}
