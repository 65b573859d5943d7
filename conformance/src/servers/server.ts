/** A database server. */
export interface Server {
  /** Ends it at once, by SIGKILL of all its processes. */
  kill(): Promise<void>;
  /** Starts it again, with the same data at the same address. */
  restart(): Promise<void>;
}
