import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '../processes/process-table.js';
import { forgetBroker } from './background-brokers.js';
import type { BackgroundBroker } from './background-brokers.js';

/** How long the broker may take to write everything to the disk before it is killed. */
const STOP_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

/** Stops a broker, which writes everything to the disk first. Resolves once it has ended. */
export async function stopBroker(broker: BackgroundBroker): Promise<void> {
  signalTo(broker, 'SIGTERM');
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (isAlive(broker) && Date.now() < deadline) await pause(POLL_MS);
  if (isAlive(broker)) signalTo(broker, 'SIGKILL');
  while (isAlive(broker)) await pause(POLL_MS);
  forgetBroker(broker);
}

function signalTo({ pid }: BackgroundBroker, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
