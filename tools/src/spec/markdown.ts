/** A run of lines of a Markdown file: a blockquote without its marks, or one line of prose. */
export interface Block {
  readonly kind: "quote" | "prose";
  readonly text: string;
  /** Line that it begins in, from 1. */
  readonly line: number;
}

/** The blockquotes and prose lines of a Markdown text, in order; fenced code is left out. */
export function blocksOf(markdown: string): readonly Block[] {
  const blocks: Block[] = [];
  let quote: { lines: string[]; line: number } | undefined;
  let fence: string | undefined;
  function endQuote(): void {
    if (quote !== undefined) blocks.push({ kind: "quote", text: quote.lines.join("\n"), line: quote.line });
    quote = undefined;
  }
  for (const [index, line] of markdown.split("\n").entries()) {
    const marks = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && line.startsWith(">")) {
      quote ??= { lines: [], line: index + 1 };
      quote.lines.push(line.replace(/^> ?/, ""));
      continue;
    }
    endQuote();
    if (fence !== undefined) {
      if (marks?.startsWith(fence)) fence = undefined;
    } else if (marks !== undefined) fence = marks;
    else if (line.trim() !== "") blocks.push({ kind: "prose", text: line, line: index + 1 });
  }
  endQuote();
  return blocks;
}

/** The text without what stands in backticks. */
export function withoutCode(text: string): string {
  return text.replace(/(`+)[^`]*\1/g, "");
}
