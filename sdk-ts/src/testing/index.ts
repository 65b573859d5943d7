export { ManualClock } from "./manual-clock.js";
export { storeContract } from "./store-contract/store-contract.js";
export type { StoreCheck, StoreUnderTest, WorkUnderTest } from "./store-contract/store-under-test.js";
