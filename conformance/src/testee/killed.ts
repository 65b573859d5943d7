/** The suite ended the process itself: what was in flight has an unknown outcome. */
export class Killed extends Error {
  override readonly name = "Killed";

  constructor() {
    super("the process of the testee was killed on purpose");
  }
}
