import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Handler, RunSchema } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import type { CommandInit } from "../testee.js";

/** The service that runs in scenarios. */
export const SERVICE = "urn:orders";

/** What runs. */
export type Plan = Omit<
  Exclude<MessageInitShape<typeof RunSchema>, { $typeName: string }>,
  "service" | "handlers"
> & {
  readonly handlers: readonly Handler[];
};

/** The command that runs the service to the end of its topics. */
export function running(handlers: readonly Handler[]): CommandInit {
  return { case: "run", value: { service: SERVICE, handlers: [...handlers], untilEnd: true } };
}
