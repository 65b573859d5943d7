export type { Batch, FetchLimit } from "./batch.js";
export type { Claim, CrashMark, StateChange, Transaction } from "./claim.js";
export type { Cursor } from "./cursor.js";
export type { Member, MemberOptions } from "./member.js";
export type { Partitioner } from "./partitioner.js";
export { murmur2Partitioner } from "./partitioner.js";
export type { Bounds, RecordStore } from "./record-store.js";
export type { Headers, NewRecord, Position, StoredRecord, TopicPartition } from "./stored-record.js";
export { partitionName } from "./stored-record.js";
