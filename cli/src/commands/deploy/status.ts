import { MsxError } from '../../terminal/errors/msx-error.js';
import { addressesOf } from '../../shipping/kubernetes/deploy/addresses.js';
import { ApiProxy } from '../../shipping/kubernetes/deploy/api-proxy.js';
import { clusterState } from '../../shipping/kubernetes/deploy/cluster-state.js';
import { ClusterCommand, clusterFlags } from '../../terminal/base-commands/cluster-command.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { workloadTable } from '../../terminal/progress/rollout-view.js';

export default class DeployStatus extends ClusterCommand {
  static override summary = 'Show the status of the system in the cluster, and what it is waiting for.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --json',
  ];
  static override flags = clusterFlags;

  async run() {
    const { flags } = await this.parse(DeployStatus);
    const { cluster, kubectl } = await this.cluster(flags);
    const { namespace, system } = cluster;
    const workloads = await this.during(
      'querying the cluster',
      ApiProxy.during(kubectl, (api) => clusterState(api, system.name)),
    );
    if (workloads.length === 0) throw new MsxError('NOT_DEPLOYED', { system: system.name, namespace });
    const addresses = await addressesOf(kubectl);
    this.log(workloadTable(workloads, coloursOf(process.stdout)));
    for (const { what, url } of addresses) this.log(`${what}  ${url}`);
    return { namespace, workloads, addresses };
  }
}
