import { createTwoFilesPatch } from 'diff';
import { isInternal } from '../outcome.js';
import type { Changes, ReadText } from './changes.js';

/** Changes in the format of `git diff`, without internal files of msx. */
export function showChanges(changes: Changes, read: ReadText): string {
  return [...changes]
    .filter(([path]) => !isInternal(path) && path !== 'package-lock.json')
    .map(([path, content]) => patchOf(path, read(path), content === null ? undefined : String(content)))
    .join('');
}

/** The difference between two texts of a file, either of which may be absent. */
export function patchOf(path: string, before: string | undefined, after: string | undefined): string {
  const from = before === undefined ? '/dev/null' : `a/${path}`;
  const to = after === undefined ? '/dev/null' : `b/${path}`;
  const patch = createTwoFilesPatch(from, to, before ?? '', after ?? '', '', '', { context: 3 });
  return patch.replace(/^=+\n/, '').replaceAll(/^(---|\+\+\+) (.*?)\t$/gm, '$1 $2');
}
