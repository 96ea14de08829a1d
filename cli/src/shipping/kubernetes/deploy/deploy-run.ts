import type { Cluster } from '../cluster.js';
import type { ApplyContext } from './apply.js';
import type { Kubectl } from './kubectl.js';
import type { Workload } from './workload.js';

/** Receives the progress of a deployment. */
export interface DeployProgress {
  step(text: string): void;
  rollout(workloads: readonly Workload[]): void;
}

export interface DeployRequest {
  readonly kubectl: Kubectl;
  readonly cluster: Cluster;
  readonly timeoutMs: number;
  readonly rollback: boolean;
  readonly signal: AbortSignal;
  readonly progress: DeployProgress;
}

/** A deployment in progress. */
export interface DeployRun extends DeployRequest, ApplyContext {}
