import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../cli/src/code/git/git.fixture.js';

const root = join(import.meta.dirname, '..');

/** The line numbers of the conflict markers that a merge or a rebase left in a text. */
function markersIn(text: string): number[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, n) => (/^([<>|]{7}( |$)|={7}$)/.test(line) ? [n + 1] : []));
}

describe('tracked files', () => {
  it('contain no conflict markers', () => {
    const files = gitIn(root, 'ls-files', '--cached', '--others', '--exclude-standard').split('\n');
    const found = files
      .filter((file) => file && existsSync(join(root, file)))
      .map((file) => [file, readFileSync(join(root, file))] as const)
      .filter(([, bytes]) => !bytes.includes(0))
      .flatMap(([file, bytes]) => markersIn(bytes.toString()).map((line) => `${file}:${line}`));
    expect(files.length).toBeGreaterThan(500);
    expect(found).toEqual([]);
  });

  it.each(['<<<<<<< HEAD', '=======', '>>>>>>> theirs', '||||||| base', '<<<<<<<'])(
    'would be found with %s',
    (line) => expect(markersIn(`one\n${line}\nthree\r\n${line}\r\n`)).toEqual([2, 4]),
  );

  it.each(['========', 'a =======', '> > > > > > >', '`<<<<<<< yours`'])('may contain %s', (line) =>
    expect(markersIn(line)).toEqual([]),
  );
});
