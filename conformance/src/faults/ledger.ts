import { ArmedFault } from "./armed-fault.js";
import type { FaultPlan, RequestKind, WireRequest } from "./faults.js";

/** Knows all requests that were seen, and which faults lie in wait for more. */
export class Ledger {
  #requests: WireRequest[] = [];
  #faults: ArmedFault[] = [];

  get requests(): readonly WireRequest[] {
    return this.#requests;
  }

  count(kind: RequestKind): number {
    return this.#requests.filter(({ kinds }) => kinds.includes(kind)).length;
  }

  arm(plan: FaultPlan): ArmedFault {
    const fault = new ArmedFault(plan);
    this.#faults.push(fault);
    return fault;
  }

  /** Notes a request, has every fault count it, and returns the first one that strikes it. */
  asked(request: WireRequest): ArmedFault | undefined {
    this.#requests.push(request);
    return this.#faults.filter((fault) => fault.meets(request))[0];
  }

  /** Forgets everything. */
  clear(): void {
    this.#requests = [];
    this.#faults = [];
  }
}
