import type { Ansis } from 'ansis';

/** What a run has done to files, or would do. */
export interface Made {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly owned: readonly string[];
  readonly byHand: readonly string[];
}

/** A line each for every file, as `git status` has it. */
export function madeReport({ created, changed, removed, owned }: Made, colours: Ansis): string {
  const lines = [
    ...created.map((path) => `${colours.green('created')}  ${path}`),
    ...changed.map((path) => `${colours.yellow('changed')}  ${path}`),
    ...removed.map((path) => `${colours.red('removed')}  ${path}`),
    ...owned.map((path) => `${colours.dim('kept   ')}  ${path} ${colours.dim('(it is yours by now)')}`),
  ];
  return lines.length > 0 ? lines.join('\n') : 'everything is as it would be generated';
}

/** What is left to a person. */
export const todoReport = ({ byHand }: Made, colours: Ansis): string =>
  [colours.bold('To be done by hand:'), ...byHand.map((each) => `  ${each}`)].join('\n');

/** A diff as git colours it. */
export const colouredDiff = (diff: string, colours: Ansis): string =>
  diff
    .split('\n')
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return colours.bold(line);
      if (line.startsWith('@@')) return colours.cyan(line);
      if (line.startsWith('+')) return colours.green(line);
      return line.startsWith('-') ? colours.red(line) : line;
    })
    .join('\n');
