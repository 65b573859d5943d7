/**
 * A line at the bottom of a terminal that says what runs at the moment. Where the output is no terminal, nothing.
 *
 * @param {NodeJS.WriteStream} stream
 */
export function runningLine(stream) {
  /** @type {Set<string>} */
  const running = new Set();

  function draw() {
    if (!stream.isTTY) return;
    stream.write(running.size === 0 ? "\r\x1b[K" : `\r\x1b[K… ${[...running].join(", ")}`);
  }

  return {
    /** @param {string} name */
    start(name) {
      running.add(name);
      draw();
    },
    /**
     * Prints what is to stay, above the line.
     *
     * @param {string} name
     * @param {string} text
     */
    finish(name, text) {
      running.delete(name);
      if (stream.isTTY) stream.write("\r\x1b[K");
      stream.write(`${text}\n`);
      draw();
    },
  };
}
