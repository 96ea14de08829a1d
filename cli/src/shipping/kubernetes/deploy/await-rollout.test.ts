import { describe, expect, it } from '@jest/globals';
import { awaitRollout } from './await-rollout.js';
import type { ListApi } from './cluster-state.js';

const status = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
const gateway = { metadata: { name: 'api-gateway', generation: 1 }, spec: { replicas: 1 }, status };

/** An API server that fails this number of times, and then has a gateway that is up. */
function restarting(failures: number): ListApi & { requests: number } {
  return {
    namespace: 'shop',
    requests: 0,
    async sendAll(sent) {
      if (++this.requests <= failures) throw new Error('connection refused');
      const itemsOf = (path: string) => (path.includes('/deployments') ? [gateway] : []);
      return sent.map(({ path }) => ({ status: 200, body: { items: itemsOf(path) } as never }));
    },
  };
}

describe('waiting for a rollout', () => {
  const options = {
    ...{ system: 'shop', workloads: ['Deployment/api-gateway'], show: () => {} },
    ...{ deadline: Date.now() + 60_000, signal: new AbortController().signal },
  };

  it('keeps waiting while the API server restarts', async () => {
    const api = restarting(2);
    expect(await awaitRollout(api, options)).toMatchObject({ outcome: 'done' });
    expect(api.requests).toBe(3);
  });

  it('ends when it is interrupted, even if the API server does not answer', async () => {
    const signal = AbortSignal.abort();
    await expect(awaitRollout(restarting(9), { ...options, signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });
});
