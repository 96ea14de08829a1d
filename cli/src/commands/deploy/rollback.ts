import { rollBack } from '../../kubernetes/deploy/roll-back.js';
import { ClusterCommand, clusterFlags } from '../../ui/cluster-command.js';
import { coloursOf } from '../../ui/colours.js';
import { timeoutFlag } from '../../ui/duration-flag.js';
import { interrupted } from '../../ui/interrupted.js';
import { rolloutView } from '../../ui/rollout-view.js';

export default class DeployRollback extends ClusterCommand {
  static override summary =
    'Roll back to the previous deployment, with its settings, and wait until it is up.';
  static override description =
    'Databases are not rolled back: schemas only ever grow, so that earlier code works with them.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = {
    ...clusterFlags,
    timeout: timeoutFlag('10m'),
  };

  async run() {
    const { flags } = await this.parse(DeployRollback);
    const { cluster, kubectl } = await this.cluster(flags);
    const view = await rolloutView({ silent: this.jsonEnabled(), colours: coloursOf(process.stdout) });
    const wish = {
      cluster,
      kubectl,
      audience: view,
      signal: interrupted({ ending: () => 'no longer waiting; the cluster goes on rolling back' }),
      timeoutMs: flags.timeout,
    };
    const deployments = await rollBack(wish).finally(() => view.end());
    this.log(`back at what ran before: ${deployments.join(', ')}`);
    return { deployments };
  }
}
