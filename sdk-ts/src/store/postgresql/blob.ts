/** Many values as one: `pg` sends one as it is, and each of an array in hexadecimal digits. */
export interface Blob {
  readonly bytes: Buffer;
  /** Where each value begins, counted from 1; and how long it is: null if there is no value. Arrays of PostgreSQL. */
  readonly at: string;
  readonly lengths: string;
}

export function blobOf(values: readonly (Uint8Array | null)[]): Blob {
  const at: number[] = [];
  const lengths: (number | "NULL")[] = [];
  const parts: Uint8Array[] = [];
  let end = 1;
  for (const value of values) {
    at.push(end);
    lengths.push(value === null ? "NULL" : value.length);
    if (value === null) continue;
    parts.push(value);
    end += value.length;
  }
  return { bytes: Buffer.concat(parts), at: numbers(at), lengths: numbers(lengths) };
}

/** An array of numbers as PostgreSQL reads it. */
export function numbers(list: readonly (number | string)[]): string {
  return `{${list.join(",")}}`;
}
