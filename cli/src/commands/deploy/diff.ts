import { changedIn, diffOf } from '../../shipping/kubernetes/deploy/apply.js';
import { deployedManifests } from '../../shipping/kubernetes/deploy/deploy.js';
import { ClusterCommand, clusterFlags, manifestFlags } from '../../terminal/base-commands/cluster-command.js';

export default class DeployDiff extends ClusterCommand {
  static override summary =
    'Show how the cluster differs from msx.yaml. Exits with 1 when there are differences.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --tag 1.4.0',
  ];
  static override flags = { ...clusterFlags, ...manifestFlags };

  async run() {
    const { flags } = await this.parse(DeployDiff);
    const { cluster, kubectl } = await this.cluster(flags);
    const diff = await this.during('querying the cluster', diffOf(kubectl, deployedManifests(cluster)));
    this.logData(diff || 'the cluster matches msx.yaml');
    if (diff) process.exitCode = 1;
    return { changed: changedIn(diff), diff };
  }
}
