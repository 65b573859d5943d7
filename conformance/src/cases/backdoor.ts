/** What a case does to its store past all testees, on every binding that lets it. */
export interface Backdoor {
  /** Has the leases of all members of a group run out at once: those who live find out, and join again. */
  expireMembers(group: string): Promise<void>;
  /** Erases what stands in a partition below an offset, as retention does. */
  erase(topic: string, partition: number, below: number): Promise<void>;
  /** Has the storage refuse what is appended to a topic, or accept it again. */
  refuse(topic: string, on: boolean): Promise<void>;
  /** Whether a transaction that is not at its end has appended to a partition. Only where there are processes. */
  isOpen(topic: string, partition: number): Promise<boolean>;
  /** Fences who has a partition off, and has it be nobody's. Only where there are processes. */
  fence(group: string, topic: string, partition: number): Promise<void>;
  /** The members of a group that have a partition, each as often as it has one; undefined for one that nobody has. */
  owners(group: string, topic: string): Promise<readonly (string | undefined)[]>;
}
