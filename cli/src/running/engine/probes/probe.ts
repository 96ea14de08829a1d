import { probeHealth } from './health.js';
import { probeKafka } from './kafka.js';
import type { Health } from '../resource.js';
import type { ProbeSpec } from '../spec.js';

/** Probes the health of a resource; `undefined` without a valid answer. Never throws, takes at most a second. */
export type Probe = (spec: ProbeSpec) => Promise<Health | undefined>;

export const probe: Probe = (spec) =>
  spec.kind === 'health' ? probeHealth(spec.port) : probeKafka(spec.brokers, spec.tls);
