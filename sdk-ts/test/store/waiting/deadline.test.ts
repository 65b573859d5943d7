import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { within } from "../../../src/store/waiting/deadline.js";

const late = (): Error => new Error("It took too long.");

test("what does not come in time is late", async () => {
  await expect(within(new Promise(() => undefined), 10, late)).rejects.toThrow("It took too long.");
});

test("what has come while the process was busy is in time", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const asking = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [[answering]] = await Promise.all([once(server, "connection"), once(asking, "connect")]);
  const answer = once(asking, "data");
  (answering as Socket).end("the answer");
  const given = within(answer, 10, late);
  for (const end = performance.now() + 50; performance.now() < end; );
  expect(String(await given)).toBe("the answer");
  asking.destroy();
  server.close();
});
