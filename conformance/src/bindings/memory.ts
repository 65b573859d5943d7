import type { Need } from "../cases/binding.js";
import { Binding as BindingKind } from "../gen/proto/eventy/conformance/v1/testee_pb.js";
import { SelfObserved } from "../oracle/store/self-observed.js";
import type { BindingHost, Lack, Place } from "./host.js";

const OPEN = { binding: BindingKind.MEMORY };

/** Stores in the memory of the testee. */
export class MemoryHost implements BindingHost {
  readonly name = "memory";
  readonly isSelfObserved = true;

  lacks(need: Need): Lack {
    return { reason: `memory has no ${need}` };
  }

  async open(): Promise<Place> {
    return {
      binding: { name: "memory", open: OPEN, openDirect: OPEN },
      oracle: (testee) => new SelfObserved(testee),
      close: async () => {},
    };
  }

  async close(): Promise<void> {}
}
