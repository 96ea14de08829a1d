import * as Flags from '@oclif/core/flags';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { MsxCommand } from './msx-command.js';
import { imageTagFlag, namespaceFlag, nonEmptyFlag } from '../flags/checked-flags.js';
import type { Cluster } from '../../shipping/kubernetes/cluster.js';
import type { Kubectl } from '../../shipping/kubernetes/deploy/kubectl.js';

/** The flags that select a cluster, for all commands that need one. */
export const clusterFlags = {
  context: nonEmptyFlag({
    helpValue: 'NAME',
    description: 'kubectl context (default: the current context)',
  }),
  namespace: namespaceFlag({
    char: 'n',
    helpValue: 'NAME',
    description: 'namespace (default: the one in msx.yaml)',
  }),
  env: Flags.string({ helpValue: 'NAME', description: 'environment in msx.yaml' }),
};

export const manifestFlags = {
  tag: imageTagFlag({ helpValue: 'TAG', description: 'image tag', default: 'latest' }),
  set: Flags.string({
    multiple: true,
    helpValue: 'PATH=VALUE',
    description: 'override a value of msx.yaml for this run, such as kubernetes.replicas=3',
  }),
};

export interface ClusterOptions {
  readonly context?: string;
  readonly namespace?: string;
  readonly env?: string;
  readonly tag?: string;
  readonly set?: readonly string[];
}

/** Base class of commands for a system in a cluster. */
export abstract class ClusterCommand extends MsxCommand {
  /** Throws NO_SYSTEM, CONFIG_INVALID, UNKNOWN_ENVIRONMENT. */
  protected async cluster({
    context,
    namespace,
    env,
    tag,
    set = [],
  }: ClusterOptions): Promise<{ cluster: Cluster; kubectl: Kubectl }> {
    const { parseSystem } = await import('../../model/system/load-system.js');
    const { readText } = await import('../../model/system/read-file.js');
    const { setValues } = await import('../../model/system/set-values.js');
    const { clusterOf } = await import('../../shipping/kubernetes/cluster.js');
    const { Kubectl: Client } = await import('../../shipping/kubernetes/deploy/kubectl.js');
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
