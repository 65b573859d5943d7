/** Everything was as expected. */
export const EXIT_OK = 0;
/** The implementation failed, or a known failure passed, or there is no verdict. */
export const EXIT_FAILED = 1;
/** The suite was called wrongly, or the testee does not speak the testee protocol. */
export const EXIT_USAGE = 2;
/** The run was interrupted, as a shell says it. */
export const EXIT_INTERRUPTED = 130;
