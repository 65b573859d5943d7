import { describe, expect, test } from "vitest";
import { copyOf, cursorIn } from "../../../../src/store/kafka/cursors/copy.js";
import { markIn, metadataOf } from "../../../../src/store/kafka/cursors/mark-text.js";
import { changelogOf } from "../../../../src/store/kafka/state/changelog.js";
import { transactionalIdOf } from "../../../../src/store/kafka/writing/claim-fence.js";

const mark = { offset: 500, until: 1000, attempt: 0 };
const text = '{"mark":{"offset":500,"until":1000,"attempt":0}}';
const partition = { topic: "orders-requests", partition: 3 };

describe("metadata of offsets", () => {
  test("has the mark, or is empty", () => {
    expect(metadataOf(mark)).toBe(text);
    expect(metadataOf(null)).toBe("");
    expect(markIn(text)).toEqual(mark);
  });

  test("of any other form is no mark", () => {
    for (const other of [null, "", "x", "null", "[]", "{}", '{"mark":1}', '{"mark":{"offset":0.5}}']) {
      expect(markIn(other)).toBeNull();
    }
  });
});

describe("copies of cursors", () => {
  const stored = { ...partition, offset: 0, headers: {}, appendedAt: 0 };

  test("are what others expect", () => {
    const copy = copyOf("orders", partition, { acknowledged: 500, mark: null });
    expect(copy.key).toBe("orders:orders-requests:3");
    expect(Buffer.from(copy.value ?? []).toString()).toBe('{"acknowledged":500}');
    expect(copyOf("é/:", partition, { acknowledged: 0, mark }).key).toBe("%C3%A9%2F%3A:orders-requests:3");
  });

  test("are read again, with and without a mark", () => {
    for (const cursor of [
      { acknowledged: 0, mark: null },
      { acknowledged: 7, mark },
    ]) {
      const { key, value } = copyOf("orders", partition, cursor);
      expect(cursorIn({ ...stored, key, value })).toEqual(cursor);
    }
  });

  test("that are none are refused", () => {
    for (const value of ["", "{}", "[1]", '{"acknowledged":"1"}']) {
      expect(() => cursorIn({ ...stored, key: "k", value: Buffer.from(value) })).toThrow("no cursor for k");
    }
  });
});

test("the transactional id is the same for all", () => {
  expect(transactionalIdOf("orders", partition)).toBe("eventy:orders:orders-requests:3");
  expect(transactionalIdOf("é", partition)).toBe("eventy:%C3%A9:orders-requests:3");
});

test("changelogs have names that are kept apart", () => {
  expect(changelogOf("orders", "totals", "orders-requests")).toBe("orders.totals.orders-requests.changelog");
  expect(changelogOf("a.b", "c_é", "t")).toBe("a_2Eb.c_5F_C3_A9.t.changelog");
});
