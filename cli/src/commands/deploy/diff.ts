import { changedIn, diffOf } from '../../kubernetes/deploy/apply.js';
import { deployedManifests } from '../../kubernetes/deploy/deploy.js';
import { ClusterCommand, clusterFlags, manifestFlags } from '../../ui/cluster-command.js';

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
    const diff = await this.during('asking the cluster', diffOf(kubectl, deployedManifests(cluster)));
    this.logData(diff || 'the cluster is as msx.yaml says');
    if (diff) process.exitCode = 1;
    return { changed: changedIn(diff), diff };
  }
}
