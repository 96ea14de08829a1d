import { setClock } from '../copy/clock.js';
import { targetOf } from './drill-run.js';
import type { Drill } from './drill-run.js';

const HOUR_MS = 60 * 60 * 1000;

/** A service has the wrong time, first in the future and then in the past. It starts again for each. */
export const clockOff: Drill = async (run) => {
  const { plan, copy, maker } = run;
  const service = targetOf(run);
  const restartWith = async (offsetMs: number) => {
    await setClock(service, offsetMs);
    await copy.kill(service.name);
  };
  const half = Math.ceil(plan.changes / 2);
  await restartWith(HOUR_MS);
  await maker.make(half);
  await restartWith(-HOUR_MS);
  await maker.make(plan.changes - half);
  await restartWith(0);
  return {};
};
