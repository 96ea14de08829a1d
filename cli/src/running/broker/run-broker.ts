import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { brokerFile } from '../../installation.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { endText, failureIn } from './broker-failure.js';
import type { BrokerFailure } from './broker-failure.js';

export interface BrokerRun {
  /** The command line of the broker. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Aborted to stop it. */
  readonly signal: AbortSignal;
  /** Called with each line of JSON that it logs. */
  readonly onLine: (line: string) => void;
}

/** How long the broker may take to write everything to the disk before it is killed. */
const STOP_TIMEOUT_MS = 30_000;

/**
 * Runs the embedded broker in another process until it is stopped. It is in the process group of msx, so that a Ctrl-C
 * in the terminal reaches it, too. Throws BROKER_FAILED with the reason that it logs.
 */
export async function runBroker({ args, env, signal, onLine }: BrokerRun): Promise<void> {
  // eslint-disable-next-line no-restricted-syntax -- the broker runs until it is stopped
  const child = spawn(process.execPath, [brokerFile, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const stop = (): void => {
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS).unref();
  };
  signal.addEventListener('abort', stop, { once: true });
  // Ends the broker also if msx ends in another way.
  const kill = () => void child.kill('SIGTERM');
  process.on('exit', kill);
  let failure: BrokerFailure | undefined;
  for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) {
    failure = failureIn(line) ?? failure;
    if (!failure) onLine(line);
  }
  const [status, killedBy] = (await exited) as [number | null, NodeJS.Signals | null];
  process.off('exit', kill);
  if (signal.aborted || status === 0) return;
  throw new MsxError('BROKER_FAILED', failure ?? { reason: endText(status, killedBy) });
}
