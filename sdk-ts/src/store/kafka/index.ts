export { KafkaStore } from "./kafka-store.js";
export type {
  KafkaOauthBearer,
  KafkaOauthToken,
  KafkaPassword,
  KafkaSasl,
  KafkaStoreOptions,
} from "./settings.js";
