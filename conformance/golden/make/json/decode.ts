import type { DecodeLine } from "../../../src/cases/golden/line.js";
import { badValues } from "./bad-values.js";
import { dates } from "./dates.js";
import { fields } from "./fields.js";
import { members } from "./members.js";
import { numbers } from "./numbers.js";
import { recognition } from "./recognition.js";
import { strict } from "./strict.js";
import { syntax } from "./syntax.js";
import { urns } from "./urns.js";
import { uuids } from "./uuids.js";
import { versions } from "./versions.js";

/** Decode cases of JSON alone. */
export function jsonLines(): DecodeLine[] {
  return [
    ...members(),
    ...numbers(),
    ...dates(),
    ...uuids(),
    ...fields(),
    ...urns(),
    ...versions(),
    ...syntax(),
    ...badValues(),
    ...strict(),
    ...recognition(),
  ];
}
