import type { Health } from './health.js';

export interface HealthAnswer {
  readonly status: 200 | 503;
  /** JSON text. */
  readonly body: string;
}

export const HEALTH_PATHS = ['/health/live', '/health/ready', '/health/started'] as const;
export type HealthPath = (typeof HEALTH_PATHS)[number];

/** Liveness depends on the process alone: if it answers, it is alive. */
export async function answerHealth(health: Health, path: HealthPath): Promise<HealthAnswer> {
  const report = await health.report();
  const good = { '/health/live': true, '/health/ready': report.ready, '/health/started': report.started };
  return { status: good[path] ? 200 : 503, body: JSON.stringify(report) };
}
