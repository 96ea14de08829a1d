import { lastWarning, troubleOf } from './pod-trouble.js';
import type { KubeObject, PodTrouble, Workload } from './workload.js';

/** How far each workload is, by what the API says of it and of its pods. */
export function workloadsOf(objects: readonly KubeObject[]): Workload[] {
  return objects
    .filter(({ kind }) => kind in STATES)
    .map((object) => {
      const complaint = lastWarning(object, objects);
      const troubles = troublesOf(object, objects);
      return STATES[object.kind as Workload['kind']](object, { troubles, ...(complaint && { complaint }) });
    });
}

interface Around {
  readonly troubles: readonly PodTrouble[];
  /** What the cluster last complained of about the workload itself: a pod that it may not make, say. */
  readonly complaint?: string;
}

const STATES: Record<Workload['kind'], (object: KubeObject, around: Around) => Workload> = {
  Deployment: deploymentState,
  StatefulSet: statefulSetState,
  Job: jobState,
};

function deploymentState(object: KubeObject, { troubles }: Around): Workload {
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
    troubles[0]?.reason ?? (replicas > updatedReplicas ? 'former pods end' : 'pods are not ready yet');
  return { ...base, state: stuck ? 'failed' : 'waiting', waitingFor };
}

function statefulSetState(
  { spec = {}, status = {}, metadata }: KubeObject,
  { troubles, complaint = 'its pod is not ready yet' }: Around,
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
    waitingFor: hopeless?.reason ?? troubles[0]?.reason ?? complaint,
  };
}

function jobState(object: KubeObject, { troubles, complaint }: Around): Workload {
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
  const hopeless = troubles.find((trouble) => trouble.hopeless && !trouble.reason.startsWith('it ended'));
  const refused = troubles.length === 0 && complaint?.includes('forbidden');
  return {
    ...base,
    state: hopeless || refused ? 'failed' : 'waiting',
    waitingFor: hopeless?.reason ?? troubles[0]?.reason ?? complaint ?? 'it has not ended yet',
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

/** Only pods of the present kind count: those of the former one may have troubles of their own. */
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
