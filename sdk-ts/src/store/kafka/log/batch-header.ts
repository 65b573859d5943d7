/** Where the parts of a record batch begin, of format 2. */
export const AT = {
  BASE_OFFSET: 0,
  /** Of what comes behind it. */
  LENGTH: 8,
  LEADER_EPOCH: 12,
  MAGIC: 16,
  /** Of what comes behind it. */
  CRC: 17,
  ATTRIBUTES: 21,
  LAST_OFFSET_DELTA: 23,
  BASE_TIMESTAMP: 27,
  MAX_TIMESTAMP: 35,
  PRODUCER_ID: 43,
  PRODUCER_EPOCH: 51,
  BASE_SEQUENCE: 53,
  RECORD_COUNT: 57,
  RECORDS: 61,
} as const;

/** Bits of the attributes. */
export const ATTRIBUTE = {
  COMPRESSION: 0x07,
  LOG_APPEND_TIME: 0x08,
  TRANSACTIONAL: 0x10,
  CONTROL: 0x20,
} as const;

/** Length of what comes before the length of a batch, and of this. */
export const LENGTH_END = 12;

/** The format of record batches, since Kafka 0.11. */
export const MAGIC = 2;
