import { takeInputs } from "../store/input.js";

const utf8 = new TextDecoder();

/** The records as payloads of jobs: the same JSON, parsed. */
export function inputJobs(records: number): object[] {
  return takeInputs(records).map(({ value }) => JSON.parse(utf8.decode(value)));
}
