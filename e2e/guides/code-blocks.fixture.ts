/** A fenced code block of a guide. */
export interface CodeBlock {
  /** Its line in the guide, from 1. */
  readonly line: number;
  readonly language: string;
  /** The file that it creates or changes: ```ts [src/main.ts] */
  readonly file?: string;
  /** What it needs in addition to Node: ```bash needs=docker */
  readonly needs?: string;
  readonly text: string;
}

const FENCE = /^( *)```(\w*)([^\n]*)\n([^]*?)^\1```$/gm;

export function codeBlocks(guide: string): CodeBlock[] {
  return [...guide.matchAll(FENCE)].map((match) => {
    const [, indent = '', language = '', info = '', text = ''] = match;
    const [, file] = /\[([^\]]+)\]/.exec(info) ?? [];
    const [, needs] = /needs=(\w+)/.exec(info) ?? [];
    return {
      line: guide.slice(0, match.index).split('\n').length,
      language,
      ...(file && { file }),
      ...(needs && { needs }),
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    };
  });
}

/** A step of a guide: a block to run, and the output that the guide shows for it. */
export interface Step {
  readonly block: CodeBlock;
  /** Lines that must be printed, in this order; `…` matches anything. */
  readonly shown: readonly string[];
}

/** Languages of blocks that are only shown, not run. */
const DIAGRAMS = ['mermaid'];

/** The steps of a guide, from top to bottom. Throws for output that does not follow a step. */
export function stepsOf(blocks: readonly CodeBlock[]): Step[] {
  const steps: { block: CodeBlock; shown: readonly string[] }[] = [];
  for (const block of blocks) {
    const last = steps.at(-1);
    if (DIAGRAMS.includes(block.language)) continue;
    if (block.language !== 'text') steps.push({ block, shown: [] });
    else if (last?.shown.length === 0) last.shown = block.text.split('\n').filter((line) => line.trim());
    else throw new Error(`line ${block.line}: output without a command`);
  }
  return steps;
}

/** The first of the shown lines that was not printed after the ones before it. */
export function missingFrom(output: string, shown: readonly string[]): string | undefined {
  const printed = output.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' '));
  let from = 0;
  return shown.find((line) => {
    const pattern = new RegExp(`^${line.trim().replaceAll(/\s+/g, ' ').split('…').map(quoted).join('.*')}$`);
    const at = printed.findIndex((text, n) => n >= from && pattern.test(text));
    from = at + 1;
    return at < 0;
  });
}

const quoted = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
