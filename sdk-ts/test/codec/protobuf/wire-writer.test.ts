import { describe, expect, it } from "vitest";
import { WireWriter } from "../../../src/codec/protobuf/wire-writer.js";

describe("WireWriter", () => {
  it("keeps what was written wherever its buffer has to grow", () => {
    for (let before = 980; before <= 1030; before++) {
      const bytes = new WireWriter().bytes(new Uint8Array(before)).string("ab").finish();
      expect(Buffer.from(bytes.subarray(-3)).toString("latin1"), `after ${before} bytes`).toBe("\u0002ab");
    }
  });
});
