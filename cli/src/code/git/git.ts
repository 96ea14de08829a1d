import { MsxError } from '../../terminal/errors/msx-error.js';
import { gitEnvironment } from './git-environment.js';

export interface GitResult {
  /** Whether the exit code was 0. */
  readonly ok: boolean;
  /** Without the final newline, unless `whole` is set. */
  readonly stdout: string;
  /** Why it failed: the first line of stderr. */
  readonly reason: string;
}

export interface GitOptions {
  /** A separate index file, so that the user's index does not change. */
  readonly index?: string;
  /** Keeps the final newline of the output. */
  readonly whole?: boolean;
}

/** No call does more than read a history; anything slower is waiting for input. */
const TIMEOUT_MS = 120_000;

/**
 * Runs git in a folder, independent of the repository of the surrounding process. Every call of git goes through here.
 * Throws GIT_FAILED when git is not installed.
 */
export async function git(
  folder: string,
  args: readonly string[],
  { index, whole = false }: GitOptions = {},
): Promise<GitResult> {
  const { execa } = await import('execa');
  const { exitCode, stdout, stderr, shortMessage } = await execa('git', ['-C', folder, ...args], {
    env: { ...gitEnvironment(process.env), ...(index && { GIT_INDEX_FILE: index }) },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: !whole,
    timeout: TIMEOUT_MS,
  });
  if (exitCode === undefined)
    throw new MsxError('GIT_FAILED', { reason: shortMessage ?? 'git could not be started' });
  const [reason = ''] = stderr
    .trim()
    .replace(/^(fatal|error): /, '')
    .split('\n');
  return { ok: exitCode === 0, stdout, reason: reason || `it ended with ${exitCode}` };
}

/** The output of git, or undefined when it fails. Throws GIT_FAILED when git is not installed. */
export async function gitOutput(folder: string, args: readonly string[]): Promise<string | undefined> {
  const { ok, stdout } = await git(folder, args);
  return ok ? stdout : undefined;
}
