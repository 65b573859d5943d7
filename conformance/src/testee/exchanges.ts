const MAX_CHARS = 2_000;
const MAX_LINES = 4;

/** The last lines that went to and came from a testee, shortened for people. */
export class Exchanges {
  #lines: string[] = [];

  sent(line: string): void {
    this.#add("→", line);
  }

  received(line: string): void {
    this.#add("←", line);
  }

  clear(): void {
    this.#lines = [];
  }

  get lines(): readonly string[] {
    return [...this.#lines];
  }

  #add(arrow: string, line: string): void {
    const shown = line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS)}… (${line.length} characters)` : line;
    this.#lines.push(`${arrow} ${shown}`);
    if (this.#lines.length > MAX_LINES) this.#lines.shift();
  }
}
