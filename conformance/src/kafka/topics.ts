import { mustBeDone, mustBeGone, type Request, TIMEOUT_MS } from "./request.js";

const TOPIC = 2;

/** Asks for the settings of a topic, those that it was not given included. */
export function describeTopic(topic: string): Request<ReadonlyMap<string, string>> {
  return {
    name: "DescribeConfigs",
    key: 32,
    version: 1,
    write: (writer) => writer.int32(1).int8(TOPIC).string(topic).int32(-1).boolean(false),
    read(reader) {
      reader.int32();
      const [settings = []] = reader.array(() => {
        mustBeDone("DescribeConfigs", reader.int16());
        reader.string();
        reader.int8();
        reader.string();
        return reader.array(() => {
          const setting = [reader.string() ?? "", reader.string() ?? ""] as const;
          for (let flags = 0; flags < 3; flags++) reader.int8();
          reader.array(() => [reader.string(), reader.string(), reader.int8()]);
          return setting;
        });
      });
      return new Map(settings);
    },
  };
}

/** Sets settings of a topic; without a value, they are as they were at first. */
export function alterTopic(
  topic: string,
  settings: { readonly [name: string]: string | null },
): Request<void> {
  return {
    name: "IncrementalAlterConfigs",
    key: 44,
    version: 0,
    write(writer) {
      writer.int32(1).int8(TOPIC).string(topic);
      writer.array(Object.entries(settings), ([name, value]) =>
        writer
          .string(name)
          .int8(value === null ? 1 : 0)
          .string(value),
      );
      writer.boolean(false);
    },
    read(reader) {
      reader.int32();
      reader.array(() => mustBeDone("IncrementalAlterConfigs", reader.int16()));
    },
  };
}

/** Deletes topics. */
export function deleteTopics(topics: readonly string[]): Request<void> {
  return {
    name: "DeleteTopics",
    key: 20,
    version: 3,
    write: (writer) => writer.array(topics, (topic) => writer.string(topic)).int32(TIMEOUT_MS),
    read(reader) {
      reader.int32();
      reader.array(() => {
        reader.string();
        mustBeGone("DeleteTopics", reader.int16());
      });
    },
  };
}
