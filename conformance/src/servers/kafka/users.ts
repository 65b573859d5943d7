import type { Settings } from "./settings.js";

/** Who may connect where names and passwords are asked for. Both consist of letters, digits and `-`. */
export interface KafkaUser {
  readonly name: string;
  readonly password: string;
}

const SCRAM = ["SCRAM-SHA-256", "SCRAM-SHA-512"];

/** How the listener of a name asks: by PLAIN or SCRAM, as clients like. */
export function saslSettings(listener: string, users: readonly KafkaUser[]): Settings {
  const prefix = `listener.name.${listener.toLowerCase()}`;
  const module = "org.apache.kafka.common.security";
  const passwords = users.map(({ name, password }) => ` user_${name}="${password}"`).join("");
  const scram = SCRAM.map(
    (name) =>
      [
        `${prefix}.${name.toLowerCase()}.sasl.jaas.config`,
        `${module}.scram.ScramLoginModule required;`,
      ] as const,
  );
  return {
    [`${prefix}.sasl.enabled.mechanisms`]: ["PLAIN", ...SCRAM].join(","),
    [`${prefix}.plain.sasl.jaas.config`]: `${module}.plain.PlainLoginModule required${passwords};`,
    ...Object.fromEntries(scram),
  };
}

/** The arguments of `kafka-storage format` that put the users into the first metadata of a cluster. */
export function scramArguments(users: readonly KafkaUser[]): readonly string[] {
  return users.flatMap(({ name, password }) =>
    SCRAM.flatMap((mechanism) => ["--add-scram", `${mechanism}=[name=${name},password=${password}]`]),
  );
}
