import type { Ansis } from 'ansis';

/** The files that a run has changed, or a dry run would change. */
export interface FileChanges {
  readonly created: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  readonly owned: readonly string[];
  readonly byHand: readonly string[];
}

/** One line per file, as in `git status`. */
export function changesReport({ created, changed, removed, owned }: FileChanges, colours: Ansis): string {
  const lines = [
    ...created.map((path) => `${colours.green('created')}  ${path}`),
    ...changed.map((path) => `${colours.yellow('changed')}  ${path}`),
    ...removed.map((path) => `${colours.red('removed')}  ${path}`),
    ...owned.map((path) => `${colours.dim('kept   ')}  ${path} ${colours.dim('(you have changed it)')}`),
  ];
  return lines.length > 0 ? lines.join('\n') : 'everything is already generated';
}

/** The changes that are left to the user. */
export const todoReport = ({ byHand }: FileChanges, colours: Ansis): string =>
  [colours.bold('To do by hand:'), ...byHand.map((each) => `  ${each}`)].join('\n');

/** A diff in the colours of git. */
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
