import { type Claim, type CrashMark, partitionName } from "../store/index.js";

interface Made {
  readonly mark: CrashMark;
  /** What the mark says without the attempt that it was made for. */
  readonly before: CrashMark | null;
}

/**
 * The crash marks that a process has made in its partitions.
 *
 * One that it finds again, having lost the partition meanwhile, tells of an attempt that did not end the process
 * (PRC-043): this can be known of one's own only.
 */
export class OwnMarks {
  readonly #last = new Map<string, Made>();

  /** Notes a mark, before it is made. */
  note(claim: Claim, mark: CrashMark, before: CrashMark | null): void {
    this.#last.set(placeOf(claim), { mark, before });
  }

  /** What the mark that a claim has found says of attempts that ended a process. */
  found(claim: Claim): CrashMark | null {
    const { foundMark } = claim;
    const last = this.#last.get(placeOf(claim));
    return foundMark !== null && last !== undefined && isSame(foundMark, last.mark) ? last.before : foundMark;
  }
}

function placeOf(claim: Claim): string {
  return `${claim.group} ${partitionName(claim)}`;
}

function isSame(one: CrashMark, other: CrashMark): boolean {
  return one.offset === other.offset && one.until === other.until && one.attempt === other.attempt;
}
