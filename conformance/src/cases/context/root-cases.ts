import { create } from "@bufbuild/protobuf";
import { DraftSchema } from "../../gen/proto/eventy/conformance/v1/testee_pb.js";
import { RecordType } from "../../gen/proto/eventy/v3/options_pb.js";
import { mapOf } from "../../oracle/values.js";
import type { Case } from "../case.js";
import { Failure } from "../failure.js";
import { emitAndJudge } from "./judge-emission.js";

// 64 random bits are at least 11 characters of an alphabet of 64.
const FORM = /^shop:eu:OrderPlaced:[A-Za-z0-9_-]{11,}$/;

/** What an implementation chooses for a root where its draft sets nothing. */
export const rootCase: Case = {
  id: "context.emit.root-correlation-id",
  title: "a root without a correlation id is given one of the form service:operation:random",
  requirements: ["REC-031"],
  profile: "context",
  capabilities: ["context"],
  async run({ testee }) {
    const draft = create(DraftSchema, { type: RecordType.EVENT, name: "OrderPlaced", data: mapOf([]) });
    const roots = await emitAndJudge(testee, { service: "urn:shop:eu", drafts: [draft, draft] });
    const ids = roots.map(({ correlationId }) => correlationId);
    for (const actual of ids) {
      if (FORM.test(actual)) continue;
      throw new Failure("WRONG-VALUE", "a correlation id of another form", {
        expected: "shop:eu:OrderPlaced:random",
        actual,
      });
    }
    if (new Set(ids).size < ids.length)
      throw new Failure("WRONG-VALUE", "two roots have the same correlation id");
  },
};
