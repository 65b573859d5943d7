import { describe, expect, it } from "vitest";
import { recordOfLine } from "../../src/cases/golden/decode-cases.js";
import { encodeLines } from "../../src/cases/golden/encode-cases.js";
import { type EventySchema, encodeJson, encodeProtobuf, encodeSingleObject } from "../../src/oracle/index.js";

// The bytes of section 3.9 of the specification.
const JSON_TEXT =
  '{"type":"EVENT","namespace":"urn:orders","name":"OrderPlaced","protocol_version":"3.5.0","version":"1.0.0","source":"urn:orders","uuid":"6ba7b810-9dad-11d1-80b4-00c04fd430c8","correlation_id":"c-1","partition_key":"42","date_timestamp":1709202896999,"date_iso8601":"2024-02-29T10:34:56.999+00:00","context":{"urn:shop":{"basket":7}},"data":{"order":42,"rate":0.5}}';
const SINGLE_OBJECT =
  "c30166ce9c88989a2f411475726e3a6f7264657273164f72646572506c61636564000a332e352e300a312e302e301475726e3a6f72646572734836626137623831302d396461642d313164312d383062342d30306330346664343330633806632d3100043432cee1f3c6be633a323032342d30322d32395431303a33343a35362e3939392b30303a3030021075726e3a73686f70020c6261736b6574060e000054000000000000e03f";
const PROTOBUF =
  "0801120a75726e3a6f72646572731a0b4f72646572506c616365642205332e352e302a05312e302e30320a75726e3a6f72646572733a2436626137623831302d396461642d313164312d383062342d3030633034666434333063384203632d314a02343250e7f0b9a3df3182011a0a0875726e3a73686f70120e0a0c0a066261736b65741202180e8a01200a0b0a056f72646572120218540a110a0472617465120921000000000000e03f";

describe("the example of the specification", () => {
  const line = encodeLines("avro-single-object").find(({ id }) => id === "example");
  const record = recordOfLine(line?.record ?? null);

  it("has the bytes that stand there", () => {
    expect(Buffer.from(encodeJson(record)).toString()).toBe(JSON_TEXT);
    expect(Buffer.from(encodeSingleObject(record, line?.schema as EventySchema)).toString("hex")).toBe(
      SINGLE_OBJECT,
    );
    expect(Buffer.from(encodeProtobuf(record)).toString("hex")).toBe(PROTOBUF);
  });
});
