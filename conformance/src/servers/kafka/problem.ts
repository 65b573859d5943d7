import { jarsProblem } from "./jars.js";
import { javaProblem } from "./java.js";

/** Names brokers of a cluster to use instead of one that is started: `host:port[,host:port…]`. */
export const KAFKA_VARIABLE = "EVENTY_KAFKA_BROKERS";

/** Why no Kafka can be started here, and what to do; undefined: nothing is known to be missing. */
export function kafkaProblem(): string | undefined {
  const problem = javaProblem() ?? jarsProblem();
  return problem && `${problem} Or name the brokers of a cluster in ${KAFKA_VARIABLE}.`;
}

/** Why tests on Kafka are left out here, and what to do; undefined: they run, and fail where `CI=true` lacks something. */
export function kafkaLack(): string | undefined {
  return process.env[KAFKA_VARIABLE] || process.env["CI"] === "true" ? undefined : kafkaProblem();
}
