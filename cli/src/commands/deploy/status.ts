import { MsxError } from '../../errors/msx-error.js';
import { addressesOf } from '../../kubernetes/deploy/addresses.js';
import { ApiProxy } from '../../kubernetes/deploy/api-proxy.js';
import { clusterState } from '../../kubernetes/deploy/cluster-state.js';
import { ClusterCommand, clusterFlags } from '../../ui/cluster-command.js';
import { coloursOf } from '../../ui/colours.js';
import { workloadTable } from '../../ui/rollout-view.js';

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
      'asking the cluster',
      ApiProxy.during(kubectl, (api) => clusterState(api, system.name)),
    );
    if (workloads.length === 0) throw new MsxError('NOT_DEPLOYED', { system: system.name, namespace });
    const addresses = await addressesOf(kubectl);
    this.log(workloadTable(workloads, coloursOf(process.stdout)));
    for (const { what, url } of addresses) this.log(`${what}  ${url}`);
    return { namespace, workloads, addresses };
  }
}
