export { specCommand } from "./command.js";
