// A server of the conformance suite, until the standard input ends. Each line there is what the server, or the node
// whose number follows, is to do; a line answers that it is done. Arguments: the module that starts the server, the
// name of its function, the options as JSON, and the names of what is printed of it first.

import { createInterface } from "node:readline";

const [module = "", start = "", options = "", facts = ""] = process.argv.slice(2);
const suite = await import(module);
const server = await suite[start](JSON.parse(options));
say(JSON.stringify(Object.fromEntries(facts.split(",").map((name) => [name, server[name]]))));
for await (const line of createInterface(process.stdin)) {
  const [what = "", node] = line.split(" ");
  await (node === undefined ? server : server.nodes[Number(node)])[what]();
  say("done");
}
await server.stop();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
