import { mustBeDone, type Request } from "./request.js";

/** A broker as others are told of it. */
export interface BrokerAddress {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/** A topic of a cluster, with the broker that leads each partition, by its id; -1: none. */
export interface TopicLeaders {
  readonly topic: string;
  readonly leaders: readonly number[];
}

/** What a broker knows of the cluster. */
export interface Metadata {
  readonly brokers: readonly BrokerAddress[];
  readonly controller: number;
  readonly topics: readonly TopicLeaders[];
}

/** Asks for all brokers and topics. Topics that are being made or deleted are left out. */
export const metadata: Request<Metadata> = {
  name: "Metadata",
  key: 3,
  version: 4,
  write: (writer) => writer.int32(-1).boolean(false),
  read(reader) {
    reader.int32();
    const brokers = reader.array(() => {
      const broker = { id: reader.int32(), host: reader.string() ?? "", port: reader.int32() };
      reader.string();
      return broker;
    });
    reader.string();
    const controller = reader.int32();
    const topics = reader.array(() => {
      const code = reader.int16();
      const topic = reader.string() ?? "";
      reader.boolean();
      const leaders: number[] = [];
      reader.array(() => {
        reader.int16();
        const partition = reader.int32();
        leaders[partition] = reader.int32();
        for (let lists = 0; lists < 2; lists++) reader.array(() => reader.int32());
      });
      return { code, topic, leaders };
    });
    return { brokers, controller, topics: topics.filter(({ code }) => code === 0) };
  },
};

/** What has a coordinator. */
export type CoordinatorKind = "group" | "transaction";

/** Asks for the broker that coordinates a group or a transactional id. */
export function findCoordinator(kind: CoordinatorKind, id: string): Request<number> {
  return {
    name: "FindCoordinator",
    key: 10,
    version: 1,
    write: (writer) => writer.string(id).int8(kind === "group" ? 0 : 1),
    read(reader) {
      reader.int32();
      mustBeDone("FindCoordinator", reader.int16());
      reader.string();
      return reader.int32();
    },
  };
}
