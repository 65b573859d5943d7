import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { protobufCodec } from "@eventy/sdk/codec/protobuf";
import { RecordSchema } from "../../../sdk-ts/dist/gen/proto/eventy/v3/record_pb.js";
import { contender } from "./measure.js";
import { cycle, records } from "./payload.js";
import type { Suite } from "./suite.js";

/** Protobuf against the library beneath, with the same generated types. */
export function protobufSuite(): Suite {
  const codec = protobufCodec();
  const bytes = records.map((record) => codec.encode(record));
  const messages = bytes.map((each) => fromBinary(RecordSchema, each));
  const [nextBytes, nextForBare, nextRecord, nextMessage] = [
    cycle(bytes),
    cycle(bytes),
    cycle(records),
    cycle(messages),
  ];
  return {
    parts: [
      {
        title: "Protobuf decode",
        ours: contender("eventy", () => codec.decode(nextBytes())),
        rivals: [
          {
            contender: contender("bare protobuf-es", () => fromBinary(RecordSchema, nextForBare())),
            target: 0.7,
          },
        ],
      },
      {
        title: "Protobuf encode",
        ours: contender("eventy", () => codec.encode(nextRecord())),
        rivals: [
          {
            contender: contender("bare protobuf-es", () => toBinary(RecordSchema, nextMessage())),
            target: 0.7,
          },
        ],
      },
    ],
  };
}
