export { firstDifference, valueDifference } from "./compare.js";
