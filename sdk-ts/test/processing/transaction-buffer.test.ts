import { expect, it } from "vitest";
import { TransactionBuffer } from "../../src/processing/transaction-buffer.js";

it("changes of state are seen over those of the buffer before, until that is durable", () => {
  const change = (key: string, value: Uint8Array | null) => ({ state: "s", key, value });
  const [first, second] = [change("a", new Uint8Array([1])), change("b", new Uint8Array([2]))];
  const earlier = new TransactionBuffer(1000);
  earlier.set(first);
  earlier.set(second);
  const buffer = new TransactionBuffer(1000, earlier);
  const undo = buffer.savepoint();
  buffer.set(change("a", null));
  expect([buffer.change("s", "a"), buffer.change("s", "b")]).toEqual([change("a", null), second]);
  undo();
  expect([buffer.change("s", "a"), buffer.change("s", "c")]).toEqual([first, undefined]);

  expect(buffer.transaction(1)).toEqual({ acknowledge: 1, records: [], state: [] });
  expect(buffer.change("s", "a")).toBeUndefined();
});
