// Starts, declares everything, and then sends back what it is sent.
import { replyTo, started } from "./trivial.js";

replyTo((command) => (command.start === undefined ? command : started(command.id)));
