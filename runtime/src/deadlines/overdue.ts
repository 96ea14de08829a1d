import type { Metrics } from '../metrics/metrics.js';
import { sharedRead } from '../metrics/shared-read.js';
import type { DeadlineTable } from './deadline-table.js';

/** A deadline that is looked at right after it is due is nothing to report. */
const GRACE_MS = 5_000;

const UNFINISHED = {
  name: 'deadlines_unfinished',
  help: 'Number of deadlines that are set, overdue or not.',
  labels: ['kind'],
};
const OVERDUE = {
  name: 'deadlines_overdue',
  help: 'Number of deadlines that have passed and are not finished.',
  labels: ['kind'],
};
const OLDEST = {
  name: 'deadlines_oldest_overdue_seconds',
  help: 'For how long the oldest overdue deadline has been overdue.',
  labels: ['kind'],
};

export function addMetrics(metrics: Metrics, table: DeadlineTable): void {
  const samples = <T extends { readonly kind: string }>(all: readonly T[], value: (one: T) => number) =>
    all.map((one) => ({ labels: { kind: one.kind }, value: value(one) }));
  metrics.gauge(UNFINISHED, async () => samples(await table.counts(), ({ count }) => count));
  const overdue = sharedRead(() => table.overdue());
  metrics.gauge(OVERDUE, async () => samples(await overdue(), ({ count }) => count));
  metrics.gauge(OLDEST, async () => samples(await overdue(), ({ age }) => age / 1000));
}

/**
 * What is overdue, for the health of the service, or undefined. It names the time since when instead of an age, and no number:
 * the text changes only with the state.
 */
export async function overdueText(
  table: DeadlineTable,
  problemOf: (kind: string) => string | undefined,
): Promise<string | undefined> {
  const overdue = await table.overdue(GRACE_MS).catch(() => []);
  const texts = overdue.map(({ kind, since }) => {
    const problem = problemOf(kind);
    const at = `${new Date(since).toISOString().slice(0, 19)}Z`;
    return `${kind} is overdue, the oldest since ${at}${problem === undefined ? '' : ` (${problem})`}`;
  });
  return texts.join('; ') || undefined;
}
