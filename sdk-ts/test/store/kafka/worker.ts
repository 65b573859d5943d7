// A process that copies records from one topic to another, exactly once, until its standard input ends.
// Arguments: the brokers, options of the store as JSON, the group, and the topics.

import { KafkaStore } from "../../../src/store/kafka/index.js";
import { copyUntilEnd } from "../processes/copying.js";

const [brokers = "", options = "{}", group = "", from = "", to = ""] = process.argv.slice(2);
const store = new KafkaStore({ brokers: brokers.split(","), ...JSON.parse(options) });
await copyUntilEnd(store, { group, from, to });
