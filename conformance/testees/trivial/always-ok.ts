// Starts, declares everything, and then answers whatever is asked with an empty answer of the right kind.
import { replyTo, started } from "./trivial.js";

replyTo((command) => {
  const { id } = command;
  if (command.start !== undefined) return started(id);
  if (command.encode !== undefined) return { id, encoded: {} };
  if (command.decode !== undefined) return { id, decoded: { record: {} } };
  if (command.emit !== undefined) return { id, emitted: { records: [] } };
  return { id, stopped: {} };
});
