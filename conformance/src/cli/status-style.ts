import pc from "picocolors";
import type { Status } from "../report/status.js";

type Style = (text: string) => string;

/** How each status looks on a terminal: a colour and a word. */
export const STATUS_STYLE: { readonly [status in Status]: readonly [style: Style, word: string] } = {
  pass: [pc.green, "PASS"],
  fail: [pc.red, "FAIL"],
  adapter: [pc.magenta, "ADAPTER ERROR"],
  surprise: [pc.red, "UNEXPECTED PASS"],
  unknown: [pc.yellow, "INCONCLUSIVE"],
  known: [pc.blue, "KNOWN"],
  reported: [pc.yellow, "SHOULD"],
  skipped: [pc.dim, "SKIPPED"],
};
