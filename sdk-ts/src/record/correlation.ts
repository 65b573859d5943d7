import { randomBytes } from "node:crypto";

const RANDOM_BYTES = 8;

/** A new correlation id, `service:operation:random`, for the root of a causal chain. */
export function newCorrelationId(source: string, operation: string): string {
  const service = source.replace(/^urn:/, "");
  return `${service}:${operation}:${randomBytes(RANDOM_BYTES).toString("base64url")}`;
}
