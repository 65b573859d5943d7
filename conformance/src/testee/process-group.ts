const groups = new Set<number>();

/** Sends a signal to every process of a group that is still there. */
export function killGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    // ESRCH: nobody is left. EPERM: macOS says so when all that is left has ended and is not yet reaped.
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}

/** Has the group killed when the suite itself exits; the function returned takes that back. */
export function trackGroup(group: number): () => void {
  if (groups.size === 0) process.on("exit", killAll);
  groups.add(group);
  return () => {
    groups.delete(group);
    if (groups.size === 0) process.off("exit", killAll);
  };
}

function killAll(): void {
  for (const group of groups) killGroup(group, "SIGKILL");
}
