import type { Backdoor } from "../cases/backdoor.js";
import type { Binding, BindingName, Need } from "../cases/binding.js";
import type { Database } from "../cases/database.js";
import type { KafkaAccess } from "../cases/kafka-access.js";
import type { ControlledTestee } from "../cases/testee.js";
import type { Faults } from "../faults/faults.js";
import type { Oracle } from "../oracle/store/oracle.js";
import type { Cluster } from "../servers/cluster.js";
import type { Server } from "../servers/server.js";

/** Makes the stores of one binding that cases run on. */
export interface BindingHost {
  readonly name: BindingName;
  /** Whether what is stored can only be told by the testee itself. */
  readonly isSelfObserved: boolean;
  /** What keeps a case with a need from running here; undefined if nothing does. */
  lacks(need: Need): Lack | undefined;
  /** Makes an empty store for one case. */
  open(needs: readonly Need[]): Promise<Place>;
  /** Ends what all stores had in common. */
  close(): Promise<void>;
}

/** Why something is not there that a case needs. */
export interface Lack {
  readonly reason: string;
  /** Whether it could be had on this binding elsewhere: then the profile was not shown whole. */
  readonly isHere?: true;
}

/** What an oracle may have to do with the testees of the case. */
export interface AllTestees {
  killAll(): Promise<void>;
  /** Has all of them stand still meanwhile. */
  whileStill<T>(act: () => Promise<T>): Promise<T>;
}

/** The store of one case, with all that belongs to it. */
export interface Place {
  readonly binding: Binding;
  /** Only where there is a proxy. */
  readonly faults?: Faults;
  /** Only where the case has a server of its own. */
  readonly server?: Server;
  /** Only where the case has several servers of its own. */
  readonly cluster?: Cluster;
  /** Only on Kafka. */
  readonly kafka?: KafkaAccess;
  /** @param testee the testee of the case, which is asked where there is no other way */
  oracle(testee: ControlledTestee, all: AllTestees): Oracle;
  /**
   * Where there is a database.
   *
   * @param killAll kills all testees of the case
   */
  database?(killAll: () => Promise<void>): Database;
  /**
   * Where the store can be reached past the testees.
   *
   * @param killAll kills all testees of the case
   */
  backdoor?(killAll: () => Promise<void>): Backdoor;
  /** Removes the store. The testees of the case have ended. */
  close(): Promise<void>;
}
