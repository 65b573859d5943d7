import type { BoundCase } from "../case.js";
import { arrivalCases } from "./arrival.js";
import { crashCases } from "./crashes.js";
import { deadLetterCases } from "./dead-letters.js";
import { deliveryCases } from "./delivery.js";
import { destinationCases } from "./destinations.js";
import { endingCases } from "./ending.js";
import { failureCases } from "./failures.js";
import { goesOnCases } from "./goes-on.js";
import { groupCases } from "./groups.js";
import { killCases } from "./kills.js";
import { legacyCases } from "./legacy.js";
import { markCases } from "./marks.js";
import { orderCases } from "./order.js";
import { outputCases } from "./outputs.js";
import { phaseCases } from "./phases.js";
import { poisonCases } from "./poison.js";
import { positionLostCases } from "./position-lost.js";
import { replayCases } from "./replays.js";
import { routingCases } from "./routing.js";
import { smokeCases } from "./smoke.js";
import { workCases } from "./work.js";
import { workloadCases } from "./workload.js";

/** What services do with records, guarantee by guarantee. */
export const processingCases: readonly BoundCase[] = [
  ...smokeCases,
  ...deliveryCases,
  ...arrivalCases,
  ...routingCases,
  ...destinationCases,
  ...orderCases,
  ...groupCases,
  ...phaseCases,
  ...goesOnCases,
  ...failureCases,
  ...outputCases,
  ...deadLetterCases,
  ...poisonCases,
  ...replayCases,
  ...crashCases,
  ...endingCases,
  ...killCases,
  ...workloadCases,
  ...legacyCases,
  ...markCases,
  ...positionLostCases,
  ...workCases,
];
