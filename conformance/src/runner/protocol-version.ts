import { getOption } from "@bufbuild/protobuf";
import { protocol } from "../gen/proto/eventy/v3/options_pb.js";
import { file_eventy_v3_protocol } from "../gen/proto/eventy/v3/protocol_pb.js";

/** Version of the protocol that the suite checks (SemVer). */
export const PROTOCOL_VERSION: string = getOption(file_eventy_v3_protocol, protocol).version;
