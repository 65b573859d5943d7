import { EventyError } from "../record/index.js";
import type { FetchLimit } from "./batch.js";

/** The limit with its defaults. @throws EventyError INVALID_ARGUMENT if one is not a positive integer */
export function fetchLimit({
  maxRecords = 500,
  maxBytes = 4 * 1024 * 1024,
}: FetchLimit = {}): Required<FetchLimit> {
  for (const [name, limit] of Object.entries({ maxRecords, maxBytes })) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      throw new EventyError("INVALID_ARGUMENT", `${name} is ${limit}, and has to be a positive integer.`);
    }
  }
  return { maxRecords, maxBytes };
}
