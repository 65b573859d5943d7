// Starts, declares everything, and then says nothing.
import { replyTo, started } from "./trivial.js";

replyTo((command) => (command.start === undefined ? undefined : started(command.id)));
