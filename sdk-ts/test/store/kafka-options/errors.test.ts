import { describe, expect, test } from "vitest";
import { EventyError } from "../../../src/record/index.js";
import { loadKafkaJs } from "../../../src/store/kafka/client/kafkajs.js";
import {
  connectError,
  endsConnection,
  kafkaType,
  LateAnswer,
  requestError,
} from "../../../src/store/kafka/errors.js";

const { createErrorFromCode } = loadKafkaJs();

/** As kafkajs makes them: by name. */
function connectionError(name: string, message: string, code?: string): Error {
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
}

describe("what a broker answers", () => {
  test.each([
    [1, "OFFSET_OUT_OF_RANGE", "POSITION_LOST"],
    [3, "UNKNOWN_TOPIC_OR_PARTITION", "UNKNOWN_TOPIC"],
    [6, "NOT_LEADER_FOR_PARTITION", "STORE_UNAVAILABLE"],
    [7, "REQUEST_TIMED_OUT", "OUTCOME_UNKNOWN"],
    [10, "MESSAGE_TOO_LARGE", "STORE_FAILED"],
    [16, "NOT_COORDINATOR_FOR_GROUP", "STORE_UNAVAILABLE"],
    [20, "NOT_ENOUGH_REPLICAS_AFTER_APPEND", "OUTCOME_UNKNOWN"],
    [22, "ILLEGAL_GENERATION", "FENCED"],
    [25, "UNKNOWN_MEMBER_ID", "FENCED"],
    [29, "TOPIC_AUTHORIZATION_FAILED", "STORE_FAILED"],
    [47, "INVALID_PRODUCER_EPOCH", "FENCED"],
    [56, "KAFKA_STORAGE_ERROR", "STORE_FAILED"],
    [90, "PRODUCER_FENCED", "FENCED"],
    [120, "TRANSACTION_ABORTABLE", "STORE_UNAVAILABLE"],
  ])("%i is %s, which is %s", (number, type, code) => {
    const answer = createErrorFromCode(number);
    const error = requestError(answer, "orders/3");
    expect(error).toMatchObject({ code, cause: answer });
    expect(error.message).toMatch(new RegExp(`^orders/3: .+ \\(${type}\\)$`));
    expect([kafkaType(answer), kafkaType(error)]).toEqual([type, type]);
    expect([endsConnection(answer), endsConnection(error)]).toEqual([false, false]);
  });

  test("may be a number that nobody knows", () => {
    expect(requestError(createErrorFromCode(30_000), "orders/3").code).toBe("STORE_FAILED");
  });

  test("may be about several topics", () => {
    const answer = Object.assign(new Error("Topic creation errors"), { errors: [createErrorFromCode(36)] });
    expect(kafkaType(answer)).toBe("TOPIC_ALREADY_EXISTS");
    expect(requestError(answer, "Kafka").message).toContain("Topic with this name already exists");
  });
});

describe("a connection", () => {
  test("that breaks leaves open what became of a request", () => {
    for (const cause of [
      connectionError("KafkaJSConnectionError", "It broke."),
      connectionError("KafkaJSConnectionClosedError", "It broke."),
      new LateAnswer(10_000),
    ]) {
      const error = requestError(cause, "Kafka at a:1");
      expect(error.code).toBe("OUTCOME_UNKNOWN");
      expect(endsConnection(error)).toBe(true);
    }
  });

  test("that was broken before has sent nothing", () => {
    const error = requestError(connectionError("KafkaJSConnectionError", "Not connected"), "Kafka at a:1");
    expect(error.code).toBe("STORE_UNAVAILABLE");
  });

  test.each([
    ["KafkaJSConnectionError", "Connection error: refused", "ECONNREFUSED", "STORE_UNAVAILABLE"],
    ["KafkaJSConnectionError", "Connection timeout", undefined, "STORE_UNAVAILABLE"],
    [
      "KafkaJSConnectionError",
      "Connection error: self-signed",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "STORE_FAILED",
    ],
    ["KafkaJSConnectionError", "Failed to connect: no start line", undefined, "STORE_FAILED"],
    ["KafkaJSSASLAuthenticationError", "SASL PLAIN authentication failed", undefined, "STORE_FAILED"],
  ])("does not come about: %s, %s", (name, message, code, expected) => {
    expect(connectError(connectionError(name, message, code), "Kafka at a:1").code).toBe(expected);
  });

  test("an error that has been told is told as it is", () => {
    const error = new EventyError("FENCED", "It was taken over.");
    expect([requestError(error, "a"), connectError(error, "a")]).toEqual([error, error]);
    expect(endsConnection(error)).toBe(false);
  });
});
