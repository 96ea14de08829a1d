import { describe, expect, it } from '@jest/globals';
import { workloadsOf } from './workload-state.js';
import type { KubeObject } from './workload.js';

const owned = (kind: string, name: string) => ({ ownerReferences: [{ kind, name }] });
const revision = (number: string) => ({
  annotations: { 'deployment.kubernetes.io/revision': number },
});

const deployment = (status: object, spec: object = { replicas: 2 }): KubeObject => ({
  kind: 'Deployment',
  metadata: { name: 'user-service', generation: 2, ...revision('2') },
  spec: { ...spec },
  status: { observedGeneration: 2, ...status },
});
const replicaSet = (name: string, number: string): KubeObject => ({
  kind: 'ReplicaSet',
  metadata: { name, ...owned('Deployment', 'user-service'), ...revision(number) },
});
const pod = (container: object, owner = ['ReplicaSet', 'new']): KubeObject => ({
  kind: 'Pod',
  metadata: { name: `${owner[1]}-1`, uid: `${owner[1]}-1`, ...owned(owner[0]!, owner[1]!) },
  status: {
    conditions: [{ type: 'Ready', status: 'False' }],
    containerStatuses: [
      { name: 'x', image: 'shop/user-service:2', ready: false, restartCount: 0, ...container },
    ],
  },
});
const warning = (uid: string, message: string): KubeObject =>
  ({ kind: 'Event', metadata: { name: 'e' }, type: 'Warning', message, involvedObject: { uid } }) as never;

const pulling = { state: { waiting: { reason: 'ImagePullBackOff', message: 'not found' } } };
const crashing = (restartCount: number) => ({
  restartCount,
  state: { waiting: { reason: 'CrashLoopBackOff' } },
  lastState: { terminated: { reason: 'Error', exitCode: 1 } },
});
const half = { updatedReplicas: 1, availableReplicas: 2, replicas: 3 };

describe('the state of a workload', () => {
  const only = (...objects: KubeObject[]) => workloadsOf(objects)[0]!;

  it('is done when all pods are of the current revision, and the old ones are gone', () => {
    const counts = { updatedReplicas: 2, availableReplicas: 2, replicas: 2 };
    expect(only(deployment(counts))).toMatchObject({ state: 'done', ready: 2, wanted: 2, waitingFor: '' });
    expect(only(deployment({ ...counts, replicas: 3 }))).toMatchObject({
      state: 'waiting',
      waitingFor: 'old pods are terminating',
    });
    expect(only(deployment({ ...counts, observedGeneration: 1 })).state).toBe('waiting');
  });

  it('names an image that cannot be pulled, and fails at once', () => {
    const state = only(deployment(half), replicaSet('new', '2'), pod(pulling));
    expect(state).toMatchObject({
      state: 'failed',
      ready: 0,
      waitingFor: 'the image shop/user-service:2 cannot be pulled: not found',
      troubles: [{ pod: 'new-1', hopeless: true }],
    });
  });

  it('ignores the pods of earlier revisions', () => {
    const old = pod(pulling, ['ReplicaSet', 'old']);
    const state = only(deployment(half), replicaSet('old', '1'), replicaSet('new', '2'), old);
    expect(state).toMatchObject({ state: 'waiting', troubles: [] });
  });

  it('fails after a container was restarted too often', () => {
    const after = (times: number) => only(deployment(half), replicaSet('new', '2'), pod(crashing(times)));
    expect(after(1)).toMatchObject({
      state: 'waiting',
      waitingFor: 'it exited (code 1), restarts: 1',
    });
    expect(after(3).state).toBe('failed');
  });

  it('fails when a container cannot start', () => {
    const message = 'failed to start containerd task: exec: "/nowhere": no such file or directory';
    const failing = { state: { terminated: { reason: 'StartError', exitCode: 128, message } } };
    const state = only(deployment(half), replicaSet('new', '2'), pod(failing));
    expect(state).toMatchObject({
      state: 'failed',
      waitingFor: `its container cannot be created: ${message}`,
    });
  });

  it('fails when a container keeps exiting with code 0', () => {
    const ending = { restartCount: 3, state: { terminated: { reason: 'Completed', exitCode: 0 } } };
    const state = only(deployment(half), replicaSet('new', '2'), pod(ending));
    expect(state).toMatchObject({
      state: 'failed',
      waitingFor: 'it exited (code 0), restarts: 3',
    });
  });

  it('names the last warning of the cluster', () => {
    const objects = [deployment(half), replicaSet('new', '2'), pod({ state: { running: {} } })];
    const message = 'Startup probe failed: HTTP probe failed with statuscode: 503';
    expect(only(...objects, warning('new-1', message)).waitingFor).toBe(message);
    expect(only(...objects, warning('other', message)).waitingFor).toBe('it has not started yet');
  });

  it('fails when a quota does not admit its pods', () => {
    const message = 'pods "user-service-1" is forbidden: exceeded quota: small';
    const conditions = [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message }];
    expect(only(deployment({ ...half, conditions }))).toMatchObject({ state: 'failed', waitingFor: message });
  });

  it('of a Job follows its conditions', () => {
    const metadata = { name: 'migrate', uid: '7' };
    const job = (status: object): KubeObject => ({ kind: 'Job', metadata, status });
    const ended = (type: string) => ({ conditions: [{ type, status: 'True', message: 'too often' }] });
    expect(only(job({ succeeded: 1, ...ended('Complete') }))).toMatchObject({ state: 'done', ready: 1 });
    expect(only(job(ended('Failed')))).toMatchObject({ state: 'failed', waitingFor: 'too often' });
    expect(only(job({})).state).toBe('waiting');
    const refusal = 'Error creating: pods "migrate-x" is forbidden: exceeded quota: small';
    expect(only(job({}), warning('7', refusal))).toMatchObject({ state: 'failed', waitingFor: refusal });
    expect(only(job({}), warning('6', refusal)).state).toBe('waiting');
  });
});
