import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../shop-client.fixture.js';
import type { ShopInCluster } from './cluster.fixture.js';

export interface Counts {
  readonly queried: number;
  readonly ordered: number;
  readonly failures: readonly string[];
}

/** A Job in the cluster that queries and orders until it is stopped. */
export class LoadJob {
  private constructor(private readonly shop: ShopInCluster) {}

  static async start(shop: ShopInCluster, env: Record<string, string>): Promise<LoadJob> {
    await shop.kubectl(['apply', '-f', '-'], JSON.stringify(manifest(env)));
    await until(
      () => shop.kubectl(['logs', 'job/load']),
      (log) => log.includes('begun'),
      120,
    );
    return new LoadJob(shop);
  }

  async stop(): Promise<Counts> {
    await this.shop.kubectl(['exec', 'job/load', '--', 'node', '-e', 'process.kill(1, "SIGTERM")']);
    const log = await until(
      () => this.shop.kubectl(['logs', 'job/load']),
      (text) => text.trim().endsWith('}'),
      60,
    );
    await this.shop.kubectl(['delete', 'job', 'load']);
    return JSON.parse(log.trim().split('\n').at(-1)!) as Counts;
  }
}

const script = readFileSync(join(import.meta.dirname, 'load.mjs'), 'utf8');

const manifest = (env: Record<string, string>) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'load' },
  spec: {
    backoffLimit: 0,
    template: {
      spec: {
        restartPolicy: 'Never',
        automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'load',
            image: 'shop/user-service:e2e',
            imagePullPolicy: 'IfNotPresent',
            command: ['node', '--input-type=module', '-e', script],
            env: Object.entries(env).map(([name, value]) => ({ name, value })),
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    },
  },
});
