import * as Flags from '@oclif/core/flags';
import { readFileSync, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MsxCommand } from './msx-command.js';
import type { Cluster } from '../kubernetes/cluster.js';
import type { Kubectl } from '../kubernetes/deploy/kubectl.js';

/** Where it is: the same flags for all commands about a cluster. */
export const clusterFlags = {
  context: Flags.string({
    description: "which context of the kubeconfig; kubectl's current one unless given",
  }),
  namespace: Flags.string({ char: 'n', description: 'instead of the one of msx.yaml' }),
  env: Flags.string({ description: 'one of the environments of msx.yaml' }),
};

export const manifestFlags = {
  tag: Flags.string({ description: 'of the images', default: 'latest' }),
  set: Flags.string({
    multiple: true,
    helpValue: 'PATH=VALUE',
    description: 'a value of msx.yaml, this time only: kubernetes.replicas=3',
  }),
};

export interface Where {
  readonly context?: string;
  readonly namespace?: string;
  readonly env?: string;
  readonly tag?: string;
  readonly set?: readonly string[];
}

/** A command about the system in a cluster. */
export abstract class ClusterCommand extends MsxCommand {
  /** Throws NO_SYSTEM, CONFIG_INVALID, UNKNOWN_ENVIRONMENT. */
  protected async cluster({
    context,
    namespace,
    env,
    tag,
    set = [],
  }: Where): Promise<{ cluster: Cluster; kubectl: Kubectl }> {
    const { parseSystem } = await import('../system/load-system.js');
    const { setValues } = await import('../system/set-values.js');
    const { clusterOf } = await import('../kubernetes/cluster.js');
    const { Kubectl: Client } = await import('../kubernetes/deploy/kubectl.js');
    const root = this.root();
    const text = setValues(readFileSync(join(root, 'msx.yaml'), 'utf8'), set);
    const system = parseSystem(text, root, (path) => existsSync(resolve(root, path)));
    const cluster = clusterOf(system, {
      ...(env !== undefined && { environment: env }),
      ...(namespace !== undefined && { namespace }),
      ...(tag !== undefined && { tag }),
    });
    const target = { namespace: cluster.namespace, ...(context !== undefined && { context }) };
    return { cluster, kubectl: new Client(target) };
  }
}
