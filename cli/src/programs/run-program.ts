import { execa } from 'execa';
import { ensureKeys } from '../keys/key-files.js';
import type { Service, System } from '../system/system.js';

export interface ProgramRun {
  /** Laid over the environment of this process. */
  readonly env: NodeJS.ProcessEnv;
  /** What it reads from its standard input. */
  readonly input?: string;
}

export interface ProgramResult {
  readonly ok: boolean;
  /** All it printed. */
  readonly stdout: string;
  /** Why it failed, in its own words as far as there are any. */
  readonly reason: string;
  /** The code of the fatal line it ended with. */
  readonly code?: string;
}

/** Runs a built service's own program for what it can do besides serving: `node dist/main.js config check`. */
export async function runProgram(
  { system, service }: { system: System; service: Service },
  args: readonly string[],
  { env, input }: ProgramRun,
): Promise<ProgramResult> {
  if (system.auth) ensureKeys(system.root);
  const { stdout, stderr, failed, shortMessage } = await execa(process.execPath, ['dist/main.js', ...args], {
    cwd: service.folder,
    env,
    reject: false,
    ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
  });
  const fatal = records(`${stdout}\n${stderr}`).findLast(({ level }) => level === 'fatal');
  const said = text(fatal?.['msg']) ?? (stderr.trim().split('\n').at(-1) || shortMessage);
  return { ok: !failed, stdout, reason: said ?? 'no reason given', code: text(fatal?.['code']) };
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** The lines of an output that are JSON objects. */
export function records(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Record<string, unknown>];
      } catch {
        return [];
      }
    });
}
