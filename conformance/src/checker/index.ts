export { contextOf, type Difference, firstDifference, valueDifference } from "./compare.js";
export { cut, show } from "./show.js";
