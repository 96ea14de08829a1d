import { describe, expect, it } from '@jest/globals';
import { awaitRollout } from './await-rollout.js';
import type { Watched } from './cluster-state.js';

const status = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 };
const gateway = { metadata: { name: 'api-gateway', generation: 1 }, spec: { replicas: 1 }, status };

/** An API server that fails to answer this often, and then has a gateway that is up. */
function restarting(failures: number): Watched & { asked: number } {
  return {
    namespace: 'shop',
    asked: 0,
    async sendAll(requests) {
      if (++this.asked <= failures) throw new Error('connection refused');
      const itemsOf = (path: string) => (path.includes('/deployments') ? [gateway] : []);
      return requests.map(({ path }) => ({ status: 200, body: { items: itemsOf(path) } as never }));
    },
  };
}

describe('waiting for a rollout', () => {
  const wish = {
    ...{ system: 'shop', workloads: ['Deployment/api-gateway'], show: () => {} },
    ...{ deadline: Date.now() + 60_000, signal: new AbortController().signal },
  };

  it('goes on while the API server restarts', async () => {
    const api = restarting(2);
    expect(await awaitRollout(api, wish)).toMatchObject({ outcome: 'done' });
    expect(api.asked).toBe(3);
  });

  it('ends when it is told to, whether that answers or not', async () => {
    const signal = AbortSignal.abort();
    await expect(awaitRollout(restarting(9), { ...wish, signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
  });
});
