import { reportOf } from './report.js';
import type { RunReport } from './report.js';
import type { StartResult } from './start-system.js';

/** A run, with the effect of a start. */
export interface StartReport extends RunReport {
  started: string[];
  restarted: string[];
  alreadyRunning: string[];
}

export function startReport({ snapshot, added, targets, restarted }: StartResult): StartReport {
  const started = targets.filter((name) => added.includes(name));
  const alreadyRunning = targets.filter((name) => ![...started, ...restarted].includes(name));
  return { ...reportOf(snapshot), started, restarted, alreadyRunning };
}
