import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CodeBlock } from './code-blocks.fixture.js';

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

export interface GuideOptions {
  /** The folder that the guide begins in. */
  readonly folder: string;
  /** A folder for the shell state that is kept from one block to the next. */
  readonly scratch: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Replaces the ports in the guide by those of the copy. */
  adapt(text: string): string;
}

/** Runs a guide as a person would: in one shell, whose folder and variables are kept from block to block. */
export class GuideRun {
  constructor(private readonly options: GuideOptions) {}

  async run(block: CodeBlock): Promise<Outcome> {
    const { language, file } = block;
    const text = this.options.adapt(block.text);
    if (language === 'bash') return this.shell(text);
    if (language === 'graphql') return this.shell(`npx msx gql ${shellQuoted(text)}`);
    if (file === undefined)
      throw new Error(`line ${block.line}: a block of ${language} cannot be run without a file`);
    await this.edit(join(this.currentFolder(), file), block, text);
    return { code: 0, output: '' };
  }

  /** A diff changes a file, YAML is appended to one, and everything else is a new file. */
  private async edit(path: string, { language, line }: CodeBlock, text: string): Promise<void> {
    await mkdir(dirname(path), { recursive: true });
    const before = existsSync(path) ? await readFile(path, 'utf8') : '';
    if (language === 'diff') return writeFile(path, patched(before, text, line));
    if (before && language !== 'yaml') throw new Error(`line ${line}: ${path} exists: show a diff`);
    return writeFile(path, before + text);
  }

  private currentFolder(): string {
    const { folder, scratch } = this.options;
    const saved = join(scratch, 'folder');
    return existsSync(saved) ? readFileSync(saved, 'utf8').trim() : folder;
  }

  private shell(text: string): Promise<Outcome> {
    const { scratch, environment } = this.options;
    const state = join(scratch, 'variables');
    const script = [
      `[ ! -f ${state} ] || . ${state}`,
      `trap 'pwd >${join(scratch, 'folder')}; declare -p | grep -E "^declare -[-x]+ [a-zA-Z_]+=" | grep -vE " (BASH|SHLVL|PWD|OLDPWD|_|EUID|UID|PPID)" >${state}' EXIT`,
      'set -eo pipefail',
      text,
    ].join('\n');
    const child = spawn('bash', ['-c', script], {
      cwd: this.currentFolder(),
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    return new Promise((done, failed) => {
      child.on('error', failed).on('close', (code) => done({ code, output }));
    });
  }
}

/**
 * Applies a patch without line numbers, whose hunks are separated by `@@`: the lines that a hunk removes and keeps must
 * occur exactly once.
 */
function patched(text: string, patch: string, line: number): string {
  return patch.split(/^@@.*\n/m).reduce((current, hunk) => {
    const lines = hunk.split('\n').filter((each) => each !== '');
    const side = (sign: string) =>
      lines.filter((each) => each[0] === ' ' || each[0] === sign).map((each) => `${each.slice(1)}\n`);
    const [before, after] = [side('-').join(''), side('+').join('')];
    if (current.split(before).length !== 2)
      throw new Error(`line ${line}: the file does not contain this exactly once:\n${before}`);
    return current.replace(before, () => after);
  }, text);
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
