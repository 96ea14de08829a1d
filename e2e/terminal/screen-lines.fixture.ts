import type xterm from '@xterm/headless';

/** A line as it was printed; the screen may have wrapped it. */
export interface Line {
  readonly text: string;
  /** The lines on the screen that it was wrapped into. */
  readonly pieces: readonly string[];
}

/** The lines of a terminal from `start` on, counted from the oldest, to where the cursor is. */
export function linesOf({ buffer, cols }: InstanceType<typeof xterm.Terminal>, start = 0): Line[] {
  const { active } = buffer;
  const lines: string[][] = [];
  for (let y = start; y <= active.baseY + active.cursorY; y++) {
    const line = active.getLine(y)!;
    const text = line.translateToString(false, 0, cols);
    if (line.isWrapped && lines.length > 0) lines.at(-1)!.push(text);
    else lines.push([text]);
  }
  return lines.map((pieces) => ({ text: pieces.join('').trimEnd(), pieces }));
}
