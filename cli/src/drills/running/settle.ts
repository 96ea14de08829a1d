import { setTimeout as pause } from 'node:timers/promises';
import { foundServices } from './found-services.js';
import type { FoundService } from '../verdicts/verdict.js';
import type { DrillRun } from './drill-run.js';

const POLL_MS = 200;
/** Events move between the services: one look could come between two moves. */
const QUIET_LOOKS = 3;

/** Waits until the services have nothing left to do, or the time for it is over. The state of the services then. */
export async function settle({ copy, verifications, settleMs, signal }: DrillRun): Promise<FoundService[]> {
  const deadline = Date.now() + settleMs;
  let quiet = 0;
  for (;;) {
    signal.throwIfAborted();
    const services = await foundServices(copy, verifications).catch((error: unknown) => {
      if (Date.now() > deadline) throw error;
      return undefined;
    });
    quiet = services?.every(isQuiet) ? quiet + 1 : 0;
    if (services && (quiet === QUIET_LOOKS || Date.now() > deadline)) return services;
    await pause(POLL_MS);
  }
}

const isQuiet = ({ unready, lag, database }: FoundService): boolean =>
  unready === undefined &&
  Object.values(lag).every((count) => count === 0) &&
  (database?.outbox.length ?? 0) + (database?.overdue.length ?? 0) === 0;
