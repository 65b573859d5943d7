import type { BindingHost } from "../bindings/host.js";
import type { BoundCase, CaseContext } from "../cases/case.js";
import { Inconclusive, NotFired } from "../cases/failure.js";
import { AdapterError } from "../testee/adapter-error.js";
import type { Launch } from "../testee/testee-process.js";
import { explain, rootOf, worse } from "./explain.js";
import type { Finding } from "./result.js";
import { seedOf } from "./seed.js";
import { Session } from "./session.js";
import { skipReason } from "./skip.js";

/** How often a case is tried whose fault does not happen. */
const TRIES = 3;

/** How long a case may take. What a testee does is bounded elsewhere: this is for a case that waits in vain. */
const LIMIT_MS = 300_000;

const INTERRUPTED: Finding = { verdict: "INCONCLUSIVE", message: "the run was interrupted" };

/** What cases on stores run with. */
export interface Stores {
  /** Where stores are made; undefined if the testee knows none. */
  readonly host: BindingHost | undefined;
  readonly launch: Launch;
  /** What the testee declared. */
  readonly capabilities: ReadonlySet<string>;
}

/** Runs one case on a store of its own, with processes of its own, and says what was found. */
export async function findOnStore(
  one: BoundCase,
  stores: Stores,
  context: Omit<CaseContext, "testee">,
): Promise<Finding> {
  const lack = skipReason(one, stores.capabilities, stores.host);
  if (lack !== undefined || stores.host === undefined) {
    return { verdict: "SKIPPED", message: lack?.reason, isWithheld: lack?.isHere };
  }
  for (let tried = 1; ; tried++) {
    if (context.signal.aborted) return INTERRUPTED;
    // Another try is another chance only if it is not the same.
    const seed = tried === 1 ? context.seed : seedOf(context.seed, String(tried));
    const attempted = await attempt(one, stores.host, stores.launch, { ...context, seed });
    if (context.signal.aborted) return INTERRUPTED;
    const { isOver } = attempted;
    const finding = ownRequirement(one, attempted.finding);
    if (isOver || tried === TRIES) return finding;
  }
}

/** Cases share what judges runs, which may name a requirement that the case is not about: then it is about all of its own. */
function ownRequirement({ requirements }: BoundCase, finding: Finding): Finding {
  const { requirement, ...rest } = finding;
  return requirement === undefined || requirements.includes(requirement) ? finding : rest;
}

interface Attempt {
  readonly finding: Finding;
  /** Whether another try would show nothing new. */
  readonly isOver: boolean;
}

async function attempt(
  one: BoundCase,
  host: BindingHost,
  launch: Launch,
  context: Omit<CaseContext, "testee">,
): Promise<Attempt> {
  let session: Session;
  try {
    session = await Session.open(host, launch, one.needs ?? []);
  } catch (error) {
    const cause = error instanceof AdapterError ? error : new Inconclusive(`there is no store: ${error}`);
    return { finding: explain(cause, { exchanges: [], stderr: "" }), isOver: true };
  }
  try {
    await inTime(one.run(session.context(context)), session, context.signal);
    const fault = session.takeFault();
    const finding: Finding = fault === undefined ? { verdict: "PASS" } : explain(fault, session);
    return { finding, isOver: true };
  } catch (error) {
    const worst = worse(error, session.takeFault());
    return { finding: explain(worst, session), isOver: !(rootOf(worst) instanceof NotFired) };
  } finally {
    await session.close();
  }
}

/** Waits for a case, but not for ever, and not when the suite is interrupted. */
async function inTime(run: Promise<void>, session: Session, signal: AbortSignal): Promise<void> {
  // Whoever ends first, the other one may still fail.
  run.catch(() => {});
  let stop: (reason: Error) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = (reason) => {
      session.interrupt();
      reject(reason);
    };
  });
  const interrupt = (): void => stop(new Inconclusive("the run was interrupted"));
  const late = (): void => stop(new Inconclusive(`the case took longer than ${LIMIT_MS / 60_000} minutes`));
  const timer = setTimeout(late, LIMIT_MS);
  signal.addEventListener("abort", interrupt);
  if (signal.aborted) interrupt();
  try {
    await Promise.race([run, stopped]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", interrupt);
  }
}
