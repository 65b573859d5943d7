/** A request and its answer, as connections of kafkajs take them. */
export interface Protocol<T> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    encode(): Encoded;
  };
  readonly response: {
    decode(payload: Buffer): Promise<Decoded<T>>;
    parse(decoded: Decoded<T>): T;
  };
}

/** What kafkajs takes for an encoder of its own. */
interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}

interface Decoded<T> {
  readonly answer: T;
}
