import { type MutateParts, withOutputs } from "../kit/parts.js";
import { misprocessing, type StoreMutant } from "../kit/store-mutant.js";

const DESTINATION = "eventy-destination";

/** Mutants of section 5.1: what outputs are appended as. */
export const outputMutants: readonly StoreMutant[] = [
  ...misprocessing(
    "PRC-001",
    {
      "appends responses to the topic of events": retopic(/-responses$/, "-events"),
      "appends requests to the topic of responses": retopic(/-requests$/, "-responses"),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-002",
    {
      "appends without the key": withOutputs((records) => records.map((one) => ({ ...one, key: null }))),
      "appends without a content type": withOutputs((records) =>
        records.map((one) => ({ ...one, headers: {} })),
      ),
    },
    "memory",
  ),
  ...misprocessing(
    "PRC-052",
    {
      "appends responses without a header for their destination": withOutputs((records) =>
        records.map(({ headers = {}, ...one }) => {
          const { [DESTINATION]: _, ...others } = headers;
          return { ...one, headers: others };
        }),
      ),
      "names the service and not its instance in the header for the destination": withOutputs((records) =>
        records.map(({ headers = {}, ...one }) => {
          const destination = headers[DESTINATION]?.split(":").slice(0, 2).join(":");
          return {
            ...one,
            headers: destination === undefined ? headers : { ...headers, [DESTINATION]: destination },
          };
        }),
      ),
      "appends requests with a header for a destination": withOutputs((records) =>
        records.map((one) =>
          one.topic.endsWith("-requests")
            ? { ...one, headers: { ...one.headers, [DESTINATION]: "urn:payments" } }
            : one,
        ),
      ),
    },
    "memory",
  ),
];

function retopic(pattern: RegExp, suffix: string): MutateParts {
  return withOutputs((records) =>
    records.map((one) => ({ ...one, topic: one.topic.replace(pattern, suffix) })),
  );
}
