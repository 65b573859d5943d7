import { NotFired } from "../cases/failure.js";
import type { Fault, FaultPlan, WireRequest } from "./faults.js";

/** How long a case waits for a fault to fire. */
const LIMIT_MS = 30_000;

/** A connection at the place where a fault strikes it. */
export interface Struck {
  proceed(): void;
  cut(): void;
}

/** A fault that counts requests and strikes one of them. */
export class ArmedFault implements Fault {
  readonly plan: FaultPlan;
  #left: number;
  #struck: Struck | undefined;
  #tell: () => void = () => {};
  readonly #fired: Promise<void>;

  constructor(plan: FaultPlan) {
    this.plan = plan;
    this.#left = plan.nth;
    this.#fired = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }

  get hasFired(): boolean {
    return this.#struck !== undefined;
  }

  /** Whether it strikes this request, which it counts. */
  meets(request: WireRequest): boolean {
    const { kinds, where = () => true } = this.plan;
    if (!request.kinds.some((kind) => kinds.includes(kind)) || !where(request)) return false;
    this.#left -= 1;
    return this.#left === 0;
  }

  /** Strikes: the connection stands still now. */
  strike(struck: Struck): void {
    this.#struck = struck;
    const { action } = this.plan;
    if (action === "cut") struck.cut();
    else if (action !== "hold") setTimeout(struck.proceed, action.delayMs);
    this.#tell();
  }

  async fired(end?: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, LIMIT_MS);
    });
    const over = end?.then(
      () => {},
      () => {},
    );
    await Promise.race([this.#fired, late, ...(over ? [over] : [])]);
    clearTimeout(timer);
    this.witness();
  }

  witness(): void {
    if (this.hasFired) return;
    const { kinds, nth, moment } = this.plan;
    throw new NotFired(`there was no fault: it was to strike ${moment} number ${nth} of ${kinds.join(", ")}`);
  }

  cancel(): void {
    this.#left = Number.POSITIVE_INFINITY;
  }

  proceed(): void {
    this.#struck?.proceed();
  }

  cut(): void {
    this.#struck?.cut();
  }
}
