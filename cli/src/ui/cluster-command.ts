import * as Flags from '@oclif/core/flags';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MsxCommand } from './msx-command.js';
import { imageTagFlag, namespaceFlag, nonEmptyFlag } from './checked-flags.js';
import type { Cluster } from '../kubernetes/cluster.js';
import type { Kubectl } from '../kubernetes/deploy/kubectl.js';

/** Where it is: the same flags for all commands about a cluster. */
export const clusterFlags = {
  context: nonEmptyFlag({
    helpValue: 'NAME',
    description: 'context of the kubeconfig (default: the current context of kubectl)',
  }),
  namespace: namespaceFlag({
    char: 'n',
    helpValue: 'NAME',
    description: 'namespace (default: the one in msx.yaml)',
  }),
  env: Flags.string({ helpValue: 'NAME', description: 'environment of msx.yaml' }),
};

export const manifestFlags = {
  tag: imageTagFlag({ helpValue: 'TAG', description: 'image tag', default: 'latest' }),
  set: Flags.string({
    multiple: true,
    helpValue: 'PATH=VALUE',
    description: 'override a value of msx.yaml for this run: kubernetes.replicas=3',
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
    const { readText } = await import('../system/read-file.js');
    const { setValues } = await import('../system/set-values.js');
    const { clusterOf } = await import('../kubernetes/cluster.js');
    const { Kubectl: Client } = await import('../kubernetes/deploy/kubectl.js');
    const root = this.root();
    const text = setValues(readText(join(root, 'msx.yaml')), set);
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
