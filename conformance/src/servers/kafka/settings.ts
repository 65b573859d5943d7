/** Settings of a broker, as in server.properties. */
export type Settings = Readonly<Record<string, string | number>>;

/**
 * What every broker of a cluster is given: as durable as Kafka is by default, and quick to notice what happens.
 *
 * Sessions of groups may be short, and a first member waits for no others. A broker that is gone is missed soon, and
 * one that was killed may soon come back. Topics are created by whoever asks for them, so that it shows when an
 * implementation does so.
 */
export function clusterSettings(brokers: number): Settings {
  const replicas = Math.min(brokers, 3);
  const inSync = Math.max(1, replicas - 1);
  return {
    "auto.create.topics.enable": "true",
    "num.partitions": 1,
    "default.replication.factor": replicas,
    "min.insync.replicas": inSync,
    "offsets.topic.num.partitions": 4,
    "offsets.topic.replication.factor": replicas,
    "transaction.state.log.num.partitions": 4,
    "transaction.state.log.replication.factor": replicas,
    "transaction.state.log.min.isr": inSync,
    "share.coordinator.state.topic.replication.factor": replicas,
    "share.coordinator.state.topic.min.isr": inSync,
    "group.initial.rebalance.delay.ms": 0,
    "group.min.session.timeout.ms": 100,
    "broker.heartbeat.interval.ms": 250,
    "broker.session.timeout.ms": 2_000,
    "log.segment.delete.delay.ms": 1_000,
    "log.cleaner.backoff.ms": 500,
    // The heap of a broker for tests is small.
    "log.cleaner.dedupe.buffer.size": 16 * 1024 * 1024,
    "num.network.threads": 2,
    "num.io.threads": 4,
  };
}

/** As a file: one setting a line. Backslashes are the only thing that such a file reads in a special way within a line. */
export function toProperties(settings: Settings): string {
  const lines = Object.entries(settings).map(
    ([name, value]) => `${name}=${String(value).replaceAll("\\", "\\\\")}`,
  );
  return `${lines.join("\n")}\n`;
}
