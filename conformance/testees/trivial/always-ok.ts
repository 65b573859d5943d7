// Starts, declares everything, and then answers whatever is asked with an empty answer of the right kind.
import { replyTo, started } from "./trivial.js";

replyTo((command) => {
  const { id } = command;
  if (command.start !== undefined) return started(id);
  if (command.encode !== undefined) return { id, encoded: {} };
  if (command.decode !== undefined) return { id, decoded: { record: {} } };
  if (command.emit !== undefined) return { id, emitted: { records: [] } };
  if (command.partition !== undefined) return { id, partitioned: {} };
  if (command.write !== undefined) return { id, written: {} };
  if (command.read !== undefined) return { id, readRecords: {} };
  if (command.acknowledged !== undefined) return { id, acknowledgedOffset: {} };
  if (command.stateGet !== undefined) return { id, stateValue: {} };
  if (command.run !== undefined)
    return [
      { id, running: {} },
      { id, event: { done: {} } },
    ];
  const { open, createTopic, release, stopRun } = command;
  const isDone = [open, createTopic, release, stopRun].some((one) => one !== undefined);
  return isDone ? { id, done: {} } : { id, stopped: {} };
});
