import { Listr } from "listr2";
import { type Case, PROFILES, type Profile } from "../cases/case.js";
import { ProfileProgress } from "./profile-progress.js";
import type { ProgressDisplay } from "./progress-display.js";

/** Shows a run as one moving line for each profile. */
export function progressTasks(cases: readonly Case[]): ProgressDisplay {
  const profiles = new Map<Profile, ProfileProgress>();
  for (const profile of PROFILES) {
    const own = cases.filter((one) => one.profile === profile);
    if (own.length > 0) profiles.set(profile, new ProfileProgress(own.length));
  }
  const tasks = new Listr(
    [...profiles].map(([profile, progress]) => ({
      title: profile,
      task: (_: unknown, task: { title: string; output: string }) =>
        progress.follow((counts, running) => {
          task.title = `${profile}  ${counts}`;
          task.output = running;
        }),
    })),
    { concurrent: true, exitOnError: false, rendererOptions: { showErrorMessage: false, lazy: true } },
  );
  return {
    shown: tasks.run().then(() => {}),
    observer: {
      progress: (one, done, total) => profiles.get(one.profile)?.running(`${one.id} ${done}/${total}`),
      finished: (result) => profiles.get(result.case.profile)?.finished(result),
    },
  };
}
