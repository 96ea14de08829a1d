import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { boundLogFile, brokerFile } from '../../installation.js';
import { readText } from '../../model/system/read-file.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { identityOf } from '../processes/process-table.js';
import { openLog } from '../drivers/process/log-file.js';
import { forgetKilledBrokers, forgetLog, makeBrokerFolder, recordBroker } from './background-brokers.js';
import { endText, failureIn } from './broker-failure.js';
import { listeningIn } from './listening-line.js';
import type { Listening } from './listening-line.js';
import type { BackgroundBroker } from './background-brokers.js';

export interface BackgroundStart {
  /** The command line of the broker. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Aborted to end the broker that has not started yet. */
  readonly signal: AbortSignal;
  /** The address of the port that it listens on. */
  readonly addressOf: (port: number) => string;
}

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 20;

/**
 * Starts an embedded broker that outlives this process. Resolves once it listens. Throws BROKER_FAILED with the reason that
 * it logs, and INTERRUPTED.
 */
export async function startInBackground(start: BackgroundStart): Promise<BackgroundBroker> {
  forgetKilledBrokers();
  const log = join(makeBrokerFolder(), `kafka-${randomBytes(4).toString('hex')}.log`);
  const child = spawnBroker(start, log);
  try {
    const { port, listeners } = await listening(child, log, start.signal);
    const { args, addressOf } = start;
    const place = { port, address: addressOf(port), listeners, log };
    const broker = { ...identityOf(child.pid!)!, ...place, args, cwd: process.cwd() };
    recordBroker(broker);
    child.unref();
    return broker;
  } catch (error) {
    child.kill('SIGKILL');
    forgetLog(log);
    throw error;
  }
}

function spawnBroker({ args, env }: BackgroundStart, log: string): ChildProcess {
  const output = openLog(log);
  const bound = Object.assign(pathToFileURL(boundLogFile), {
    search: new URLSearchParams({ log }).toString(),
  });
  try {
    // eslint-disable-next-line no-restricted-syntax -- the broker runs until it is stopped
    return spawn(process.execPath, ['--import', bound.href, brokerFile, ...args], {
      ...{ env: { ...env, LOG_LEVEL: levelOf(env) }, detached: true, stdio: ['ignore', output, output] },
    });
  } finally {
    closeSync(output);
  }
}

/** The line by which the broker says that it listens has the level `info`. */
const levelOf = ({ LOG_LEVEL: level }: NodeJS.ProcessEnv): string => (level === 'debug' ? level : 'info');

/** Where the broker listens, once it does. */
async function listening(child: ChildProcess, log: string, signal: AbortSignal): Promise<Listening> {
  for (const deadline = Date.now() + START_TIMEOUT_MS; ; await pause(POLL_MS)) {
    const { exitCode, signalCode } = child;
    const lines = readText(log).split('\n');
    const failure = lines.flatMap((line) => failureIn(line) ?? [])[0];
    if (failure) throw new MsxError('BROKER_FAILED', failure);
    const found = lines.flatMap((line) => listeningIn(line) ?? [])[0];
    if (found) return found;
    if (exitCode !== null || signalCode !== null)
      throw new MsxError('BROKER_FAILED', { reason: endText(exitCode, signalCode) });
    if (signal.aborted) throw new MsxError('INTERRUPTED', {});
    if (Date.now() > deadline)
      throw new MsxError('BROKER_FAILED', {
        reason: `it did not start within ${START_TIMEOUT_MS / 1_000} s`,
      });
  }
}
