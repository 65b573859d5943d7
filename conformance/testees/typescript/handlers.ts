import {
  atLeastOnce,
  atMostOnce,
  type ErrorPolicy,
  exactlyOnce,
  type Guarantee,
  type LastResort,
  onEvent,
  onRequest,
  onResponse,
  retry,
  type Handler as SdkHandler,
  Service,
} from "@eventy/sdk/processing";
import { EventyError } from "@eventy/sdk/record";
import {
  Guarantee as GuaranteeKind,
  type Handler,
  Policy,
} from "../../src/gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../src/gen/proto/eventy/v3/options_pb.js";
import { follow, type Script } from "./steps.js";

/** Milliseconds before a handler is tried again: the suite waits for it. */
const DELAY_MS = 5;

/** The handlers of a run. */
export function handlersOf(
  handlers: readonly Handler[],
  service: Service,
  script: Script,
): readonly SdkHandler[] {
  return handlers.map((handler) => {
    const { id, group, type, namespace, name, timeoutMs } = handler;
    const from = namespace === service.urn ? service : new Service(namespace);
    const onError = policyOf(handler);
    const options = {
      id,
      ...(group === "" ? {} : { group }),
      ...(onError === undefined ? {} : { onError }),
      ...(timeoutMs === 0 ? {} : { timeoutMs }),
    };
    const guarantee = guaranteeOf(handler.guarantee);
    const handle = follow(handler, script);
    switch (type) {
      case RecordType.EVENT:
        return onEvent(from, name, guarantee, handle, options);
      case RecordType.REQUEST:
        return onRequest(name, guarantee, handle, options);
      case RecordType.RESPONSE:
        return onResponse(from, name, guarantee, handle, options);
      default:
        throw new EventyError("INVALID_ARGUMENT", `the handler ${id} has no type`);
    }
  });
}

/** What is done in the end; undefined: the SDK's default. */
export function resortOf(policy: Policy): LastResort | undefined {
  switch (policy) {
    case Policy.STOP:
      return "stop";
    case Policy.DEAD_LETTER:
      return "deadLetter";
    case Policy.SKIP:
      return "skip";
    default:
      return undefined;
  }
}

function policyOf({ onError, retries }: Handler): ErrorPolicy | undefined {
  const then = resortOf(onError);
  if (retries === 0) return then;
  return retry({ times: retries, delayMs: DELAY_MS, ...(then === undefined ? {} : { orElse: then }) });
}

function guaranteeOf(guarantee: GuaranteeKind): Guarantee {
  switch (guarantee) {
    case GuaranteeKind.AT_LEAST_ONCE:
      return atLeastOnce;
    case GuaranteeKind.AT_MOST_ONCE:
      return atMostOnce;
    case GuaranteeKind.EXACTLY_ONCE:
      return exactlyOnce;
    default:
      throw new EventyError("INVALID_ARGUMENT", "the handler has no guarantee");
  }
}
