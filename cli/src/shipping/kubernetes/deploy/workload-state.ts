import { lastWarning, troubleOf } from './pod-trouble.js';
import type { KubeObject, PodTrouble, Workload } from './workload.js';

/** The state of each workload, derived from its own object and from those of its pods. */
export function workloadsOf(objects: readonly KubeObject[]): Workload[] {
  return objects
    .filter(({ kind }) => kind in STATES)
    .map((object) => {
      const warning = lastWarning(object, objects);
      const troubles = troublesOf(object, objects);
      return STATES[object.kind as Workload['kind']](object, { troubles, ...(warning && { warning }) });
    });
}

interface WorkloadContext {
  readonly troubles: readonly PodTrouble[];
  /** The last warning about the workload itself, such as a pod that it may not create. */
  readonly warning?: string;
}

const STATES: Record<Workload['kind'], (object: KubeObject, context: WorkloadContext) => Workload> = {
  Deployment: deploymentState,
  StatefulSet: statefulSetState,
  Job: jobState,
};

function deploymentState(object: KubeObject, { troubles }: WorkloadContext): Workload {
  const { spec = {}, status = {}, metadata } = object;
  const wanted = (spec['replicas'] as number | undefined) ?? 1;
  const { updatedReplicas = 0, availableReplicas = 0, replicas = 0, observedGeneration = 0 } = status;
  const stuck = conditionOf(object, 'Progressing')?.reason === 'ProgressDeadlineExceeded';
  const seen = observedGeneration >= (metadata.generation ?? 0);
  const done =
    seen && updatedReplicas >= wanted && availableReplicas >= wanted && replicas === updatedReplicas;
  const refused = conditionOf(object, 'ReplicaFailure');
  const ready = seen ? Math.max(0, availableReplicas - (replicas - updatedReplicas)) : 0;
  const base = { kind: 'Deployment' as const, name: metadata.name, ready, wanted, troubles };
  if (done) return { ...base, state: 'done', waitingFor: '' };
  const hopeless = troubles.find((trouble) => trouble.hopeless);
  if (hopeless) return { ...base, state: 'failed', waitingFor: hopeless.reason };
  if (refused?.status === 'True') return { ...base, state: 'failed', waitingFor: refused.message };
  const waitingFor =
    troubles[0]?.reason ??
    (replicas > updatedReplicas ? 'old pods are terminating' : 'pods are not ready yet');
  return { ...base, state: stuck ? 'failed' : 'waiting', waitingFor };
}

function statefulSetState(
  { spec = {}, status = {}, metadata }: KubeObject,
  { troubles, warning = 'its pod is not ready yet' }: WorkloadContext,
): Workload {
  const wanted = (spec['replicas'] as number | undefined) ?? 1;
  const { readyReplicas = 0, updateRevision, currentRevision, observedGeneration = 0 } = status;
  const settled = updateRevision === currentRevision && observedGeneration >= (metadata.generation ?? 0);
  const base = {
    kind: 'StatefulSet' as const,
    name: metadata.name,
    ready: readyReplicas as number,
    wanted,
    troubles,
  };
  if (readyReplicas >= wanted && settled) return { ...base, state: 'done', waitingFor: '' };
  const hopeless = troubles.find((trouble) => trouble.hopeless);
  return {
    ...base,
    state: hopeless ? 'failed' : 'waiting',
    waitingFor: hopeless?.reason ?? troubles[0]?.reason ?? warning,
  };
}

function jobState(object: KubeObject, { troubles, warning }: WorkloadContext): Workload {
  const { status = {}, metadata } = object;
  const base = {
    kind: 'Job' as const,
    name: metadata.name,
    ready: (status['succeeded'] as number) ?? 0,
    wanted: 1,
    troubles,
  };
  if (conditionOf(object, 'Complete')?.status === 'True') return { ...base, state: 'done', waitingFor: '' };
  const failed = conditionOf(object, 'Failed');
  if (failed?.status === 'True') return { ...base, state: 'failed', waitingFor: failed.message };
  const hopeless = troubles.find((trouble) => trouble.hopeless && !trouble.reason.startsWith('it exited'));
  const refused = troubles.length === 0 && warning?.includes('forbidden');
  return {
    ...base,
    state: hopeless || refused ? 'failed' : 'waiting',
    waitingFor: hopeless?.reason ?? troubles[0]?.reason ?? warning ?? 'it has not finished yet',
  };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

const conditionOf = ({ status }: KubeObject, type: string): Condition | undefined =>
  (status?.['conditions'] as Condition[] | undefined)?.find((condition) => condition.type === type);

/** Only pods of the current revision count: old ones may have other problems. */
function troublesOf(owner: KubeObject, objects: readonly KubeObject[]): PodTrouble[] {
  const owners =
    owner.kind === 'Deployment'
      ? objects.filter((one) => one.kind === 'ReplicaSet' && ownedBy(one, owner) && isNewest(one, owner))
      : [owner];
  return objects
    .filter((one) => one.kind === 'Pod' && !one.metadata.deletionTimestamp)
    .filter((pod) => owners.some((each) => ownedBy(pod, each)))
    .flatMap((pod) => troubleOf(pod, objects) ?? []);
}

const ownedBy = ({ metadata }: KubeObject, { kind, metadata: { name } }: KubeObject): boolean =>
  (metadata.ownerReferences ?? []).some((owner) => owner.kind === kind && owner.name === name);

const REVISION = 'deployment.kubernetes.io/revision';
const isNewest = (set: KubeObject, { metadata }: KubeObject): boolean =>
  set.metadata.annotations?.[REVISION] === metadata.annotations?.[REVISION];
