import { setTimeout as pause } from 'node:timers/promises';
import type { DrillRun, Traces } from './drill-run.js';

/** Makes the changes of a drill while something is away, until `end` brings it back. */
export async function meanwhile({ plan, maker, awayMs, signal }: DrillRun, end: () => void): Promise<Traces> {
  try {
    const changes = maker.make(plan.changes);
    // They may fail only once they are waited for.
    changes.catch(() => undefined);
    await pause(awayMs, undefined, { signal });
    end();
    await changes;
  } finally {
    end();
  }
  return {};
}
