import { EventyError } from "../../src/record/index.js";

/** The code of the error that a call throws, and its path if it has one. */
export function errorOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof EventyError) return error.path === "" ? error.code : `${error.code} ${error.path}`;
    throw error;
  }
  return "no error";
}
