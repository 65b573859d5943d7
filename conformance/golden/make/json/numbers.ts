import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { doubleValue } from "../../../src/oracle/values.js";
import type { Fields } from "../base.js";
import { accept, data } from "./texts.js";

/** Literals of numbers. */
export function numbers(): DecodeLine[] {
  return [
    accept(
      "number-forms",
      "reads every form of a double",
      ["COD-023"],
      keyed(["1.0", "1e0", "1E+2", "-0.0", "0.1", "1e-7", "123e-2", "1.7976931348623157e308"]),
      doubles([1, 1, 100, 0, 0.1, 1e-7, 1.23, Number.MAX_VALUE]),
    ),
    accept(
      "number-rounding",
      "reads the nearest double, ties to even",
      ["COD-023"],
      keyed([
        "9007199254740993.0",
        "9007199254740995e0",
        "0.1000000000000000055511151231257827021181583404541015625",
        "2.2250738585072011e-308",
        "1e-400",
        "4.9e-324",
      ]),
      doubles([9007199254740992, 9007199254740996, 0.1, 2.225073858507201e-308, 0, 5e-324]),
    ),
    accept(
      "number-wide",
      "an integer literal is an integer, one with an exponent a double",
      ["COD-022", "COD-023", "REC-046"],
      keyed(["1152921504606846976", "-0", "9007199254740993"]),
      { data: { v0: 2n ** 60n, v1: 0, v2: 2n ** 53n + 1n } },
    ),
    accept(
      "number-wide-double",
      "a literal with an exponent is a double beyond 2^53, too",
      ["COD-023", "REC-046"],
      keyed(["1152921504606846976.0", "1.152921504606846976e18", "1e21"]),
      doubles([2 ** 60, 2 ** 60, 1e21]),
    ),
  ];
}

function doubles(values: readonly number[]): Fields {
  return { data: Object.fromEntries(values.map((value, i) => [`v${i}`, doubleValue(value)])) };
}

function keyed(literals: readonly string[]): string {
  return data(`{${literals.map((literal, i) => `"v${i}": ${literal}`).join(", ")}}`);
}
