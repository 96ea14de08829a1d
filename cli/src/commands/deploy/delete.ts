import * as Flags from '@oclif/core/flags';
import { ApiProxy } from '../../shipping/kubernetes/deploy/api-proxy.js';
import { removeSystem } from '../../shipping/kubernetes/deploy/remove-system.js';
import { contextOf, namespaceExists } from '../../shipping/kubernetes/deploy/preflight.js';
import { ClusterCommand, clusterFlags } from '../../terminal/base-commands/cluster-command.js';
import { confirm } from '../../terminal/questions/confirm.js';
import { timeoutFlag } from '../../terminal/flags/duration-flag.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class DeployDelete extends ClusterCommand {
  static override summary =
    'Remove the system from the cluster: the namespace and everything in it, including data.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --yes',
  ];
  static override flags = {
    ...clusterFlags,
    timeout: timeoutFlag('3m'),
    yes: Flags.boolean({ char: 'y', description: 'do not ask for confirmation' }),
  };

  async run() {
    const { flags } = await this.parse(DeployDelete);
    const { cluster, kubectl } = await this.cluster(flags);
    const { namespace } = cluster;
    const { context } = await contextOf(kubectl);
    if (!(await ApiProxy.during(kubectl, namespaceExists))) {
      this.log(`there is no namespace ${namespace} in ${context}`);
      return { namespace, deleted: false };
    }
    const question = `Delete the namespace ${namespace} in ${context}, and all data in it?`;
    if (!flags.yes && !(await confirm(`deleting ${namespace}`, question)))
      return { namespace, deleted: false };
    const removing = removeSystem(kubectl, {
      system: cluster.system.name,
      timeoutMs: flags.timeout,
      signal: interruptSignal({ notice: () => 'no longer waiting; the cluster continues to delete' }),
    });
    await this.during(`waiting until ${namespace} is gone`, removing);
    this.log(`${namespace} is gone`);
    return { namespace, deleted: true };
  }
}
