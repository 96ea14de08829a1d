import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { repository } from '../shop-copy.fixture.js';

/** The msx to run: that of this repository, or another one, such as that of an installed package. */
export const msx = process.env.TERMINAL_MSX ?? join(repository, 'cli/bin/run.js');

/** A plain prompt with shell integration marks. */
const PROMPT = '\x1b]133;D;$?\x07$ \x1b]133;B\x07';

let folder: string | undefined;

/** A folder for PATH with an `msx` command, as an installation has. */
function folderOfMsx(): string {
  if (folder) return folder;
  const created = mkdtempSync(join(tmpdir(), 'msx-terminal-'));
  mkdirSync(created, { recursive: true });
  symlinkSync(resolve(msx), join(created, 'msx'));
  process.once('exit', () => rmSync(created, { recursive: true, force: true }));
  return (folder = created);
}

/**
 * The environment of a user's terminal, independent of who runs the tests: only the variables that are needed to find
 * programs are inherited, but not CI, NO_COLOR or what a test runner adds.
 */
export function environmentOf(more: NodeJS.ProcessEnv): Record<string, string> {
  const { HOME, USER, LOGNAME, TMPDIR, PATH = '' } = process.env;
  const path = [folderOfMsx(), dirname(process.execPath), PATH].join(delimiter);
  const defaults = {
    HOME,
    USER,
    LOGNAME,
    TMPDIR,
    PATH: path,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    PS1: PROMPT,
  };
  const set = Object.entries({ ...defaults, ...more }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return Object.fromEntries(set);
}

/** Variables inherited from the test run, such as the address of the engine or the cluster; a terminal inherits none by itself. */
export const inheritedVariables = (...names: string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(names.map((name) => [name, process.env[name]]));
