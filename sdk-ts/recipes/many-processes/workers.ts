import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process of the service. */
export interface Worker {
  /** Ends it: in order with SIGTERM, as a crash would with SIGKILL. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
}

/** Starts a process of the service, in the same way as this one was started. */
export async function startWorker(brokers: string, name: string): Promise<Worker> {
  const file = fileURLToPath(import.meta.url).replace("workers", "worker");
  const child = spawn(process.execPath, [...process.execArgv, file, brokers, name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  await Promise.race([once(createInterface(child.stdout), "line"), ended]);
  return {
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
