import * as Flags from '@oclif/core/flags';
import { ApiProxy } from '../../kubernetes/deploy/api-proxy.js';
import { removeSystem } from '../../kubernetes/deploy/remove-system.js';
import { contextOf, namespaceThere } from '../../kubernetes/deploy/preflight.js';
import { ClusterCommand, clusterFlags } from '../../ui/cluster-command.js';
import { confirm } from '../../ui/confirm.js';
import { timeoutFlag } from '../../ui/duration-flag.js';
import { interrupted } from '../../ui/interrupted.js';

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
    if (!(await ApiProxy.during(kubectl, namespaceThere))) {
      this.log(`there is no namespace ${namespace} in ${context}`);
      return { namespace, deleted: false };
    }
    const question = `Delete the namespace ${namespace} in ${context}, and all data in it?`;
    if (!flags.yes && !(await confirm(`deleting ${namespace}`, question)))
      return { namespace, deleted: false };
    const removing = removeSystem(kubectl, {
      system: cluster.system.name,
      timeoutMs: flags.timeout,
      signal: interrupted({ ending: () => 'no longer waiting; the cluster goes on deleting' }),
    });
    await this.during(`waiting until ${namespace} is gone`, removing);
    this.log(`${namespace} is gone`);
    return { namespace, deleted: true };
  }
}
