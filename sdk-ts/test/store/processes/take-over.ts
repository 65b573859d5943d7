import { expect, test } from "vitest";
import { type Copiers, claimsOf } from "./copiers.js";

/** Tests of processes that are killed or stopped, for any store that several processes can share. */
export function testTakingOver(copiersOf: () => Copiers): void {
  test("a process that is killed has its partitions taken over in time, and nothing is lost or doubled", async () => {
    const copiers = copiersOf();
    await copiers.createTopics(4);
    const first = copiers.start();
    await copiers.feed(1000);
    await first.hears("copied");
    const second = copiers.start();
    // There is always something to do, so that it dies at work.
    while (claimsOf(second).length < 2) await copiers.feed(50);

    const killed = Date.now();
    await first.kill();

    await copiers.feed(100);
    await copiers.expectCopies();
    // It takes its session or its lease, and not until a group of Kafka gives up waiting for it, which is after a minute.
    const took = Math.max(...claimsOf(second).map(({ at }) => at)) - killed;
    console.log(`taken over after ${took} ms`);
    expect(took).toBeLessThan(30_000);
  });

  test("a process that was stopped and goes on can commit nothing that another one did", async () => {
    const copiers = copiersOf();
    await copiers.createTopics(2);
    const zombie = copiers.start();
    await copiers.feed(2000);
    await zombie.hears("copied");

    zombie.signal("SIGSTOP");
    await copiers.feed(100);
    const before = zombie.lines.length;
    const successor = copiers.start();
    await successor.hears("claim 0");
    await successor.hears("claim 1");
    await successor.hears("copied");
    zombie.signal("SIGCONT");
    await zombie.hears("released", before);

    await copiers.expectCopies();
  });
}
