import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { gitIn } from '../../code/git/git.fixture.js';

let saves = 0;
const edited = (file: string) => readFileSync(file, 'utf8').replace(/save \d+/, `save ${++saves}`);

const git = (file: string, ...args: string[]) => void gitIn(dirname(file), ...args);

/** The ways in which editors and git save a committed file that contains `save 0`: each changes its content. */
export const SAVES = {
  'in place': (file: string) => writeFileSync(file, edited(file)),
  'by appending': (file: string) => appendFileSync(file, '\n'),
  'by rename (sed -i)': (file: string) =>
    void execFileSync('sed', ['-i', `s/save [0-9]*/save ${++saves}/`, file]),
  'by a temporary file and mv': (file: string) => {
    writeFileSync(`${file}.tmp`, edited(file));
    renameSync(`${file}.tmp`, file);
  },
  'by a backup and a new file (vim)': (file: string) => {
    const text = edited(file);
    renameSync(file, `${file}~`);
    writeFileSync(file, text);
    rmSync(`${file}~`);
  },
  'by git stash and pop': (file: string) => {
    git(file, 'stash', '-q');
    git(file, 'stash', 'pop', '-q');
  },
  'by git checkout': (file: string) => git(file, 'checkout', '-q', '--', '.'),
} satisfies Record<string, (file: string) => void>;
