import { execa } from 'execa';
import { programFile } from '../../code/build/stale.js';
import { ensureKeys } from '../../secrets/keys/key-files.js';
import type { Service, System } from '../../model/system/system.js';

export interface ProgramRun {
  /** Added to the environment of this process. */
  readonly env: NodeJS.ProcessEnv;
  /** Standard input. */
  readonly input?: string;
}

export interface ProgramResult {
  readonly ok: boolean;
  /** Standard output. */
  readonly stdout: string;
  /** Why it failed, in its own words if possible. */
  readonly reason: string;
  /** The code in its fatal log line. */
  readonly code?: string;
}

/** Long enough for a migration that rewrites a large table. */
const TIMEOUT_MS = 1_800_000;

/** Runs a command of a built service's own program, as `node dist/main.js config check` does. */
export async function runProgram(
  { system, service }: { system: System; service: Service },
  args: readonly string[],
  { env, input }: ProgramRun,
): Promise<ProgramResult> {
  if (system.auth) ensureKeys(system.root);
  const { stdout, stderr, failed, shortMessage } = await execa(
    process.execPath,
    [programFile(system, service), ...args],
    {
      cwd: service.folder,
      env,
      reject: false,
      timeout: TIMEOUT_MS,
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    },
  );
  const fatal = records(`${stdout}\n${stderr}`).findLast(({ level }) => level === 'fatal');
  const lines = stderr.trim().split('\n');
  // Node prints its version after an uncaught error.
  const thrown = lines.findLast((line) => /^\w*Error\b.*?: /.test(line)) ?? lines.at(-1);
  const message = text(fatal?.['msg']) ?? (thrown || shortMessage);
  return { ok: !failed, stdout, reason: message ?? 'no reason given', code: text(fatal?.['code']) };
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
