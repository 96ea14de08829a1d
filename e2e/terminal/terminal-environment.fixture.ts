import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { repository } from '../shop-copy.fixture.js';

/** The msx that is run: this repository's, or another one, such as an installed package's. */
export const msx = process.env.TERMINAL_MSX ?? join(repository, 'cli/bin/run.js');

/** Marks of shell integration around a plain prompt. */
const PROMPT = '\x1b]133;D;$?\x07$ \x1b]133;B\x07';

let folder: string | undefined;

/** A folder for PATH in which msx has its name, as an installation makes one. */
function folderOfMsx(): string {
  if (folder) return folder;
  const made = mkdtempSync(join(tmpdir(), 'msx-terminal-'));
  mkdirSync(made, { recursive: true });
  symlinkSync(resolve(msx), join(made, 'msx'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return (folder = made);
}

/**
 * What a person's terminal sets, whoever runs the tests: of their environment only what programs are found by, neither
 * CI nor NO_COLOR nor what a test runner adds.
 */
export function environmentOf(more: NodeJS.ProcessEnv): Record<string, string> {
  const { HOME, USER, LOGNAME, TMPDIR, PATH = '' } = process.env;
  const path = [folderOfMsx(), dirname(process.execPath), PATH].join(delimiter);
  const usual = {
    HOME,
    USER,
    LOGNAME,
    TMPDIR,
    PATH: path,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    PS1: PROMPT,
  };
  const set = Object.entries({ ...usual, ...more }).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return Object.fromEntries(set);
}

/** Variables of who runs the tests that say where the engine or the cluster is; a terminal takes over none by itself. */
export const takenOver = (...names: string[]): NodeJS.ProcessEnv =>
  Object.fromEntries(names.map((name) => [name, process.env[name]]));
