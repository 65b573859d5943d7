import { join } from "node:path";
import { PACKAGE_ROOT } from "../../testee/package-root.js";
import { type MavenProgram, mavenJars, mavenProblem } from "../maven.js";

const KAFKA: MavenProgram = { name: "Kafka", pom: join(PACKAGE_ROOT, "assets", "kafka", "pom.xml") };

/** Why the jars of Kafka are not here and cannot be fetched, and what to do; undefined: nothing is known to be missing. */
export function jarsProblem(): string | undefined {
  return mavenProblem(KAFKA);
}

/**
 * The folder of the jars of Kafka. The first call on a machine fetches them from Maven Central.
 *
 * @throws Error that says why they cannot be fetched.
 */
export function kafkaJars(): Promise<string> {
  return mavenJars(KAFKA);
}
