import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What Kafka 4 needs. */
const OLDEST = 17;

/** A program of the Java runtime: that of `JAVA_HOME`, else the one on the `PATH`. */
export function javaProgram(name: "java" | "keytool"): string {
  const home = process.env["JAVA_HOME"];
  return home ? join(home, "bin", name) : name;
}

/** Why Kafka cannot run with the Java of this machine, and what to do; undefined: it can. */
export function javaProblem(): string | undefined {
  const java = javaProgram("java");
  const { error, stderr } = spawnSync(java, ["-version"], { encoding: "utf8" });
  if (error !== undefined) return `\`${java}\` does not start (${error.message}). ${install()}`;
  const version = /version "(\d+)/.exec(stderr)?.[1];
  if (version === undefined) return `\`${java} -version\` names no version. ${install()}`;
  if (Number(version) < OLDEST) return `\`${java}\` is Java ${version}. ${install()}`;
  return undefined;
}

function install(): string {
  return `Install a Java runtime, ${OLDEST} or later (Debian: apt-get install default-jre-headless).`;
}
