import { rollBack } from '../../shipping/kubernetes/deploy/roll-back.js';
import { ClusterCommand, clusterFlags } from '../../terminal/base-commands/cluster-command.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { timeoutFlag } from '../../terminal/flags/duration-flag.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { rolloutView } from '../../terminal/progress/rollout-view.js';

export default class DeployRollback extends ClusterCommand {
  static override summary =
    'Roll back to the previous deployment, with its settings, and wait until it is up.';
  static override description =
    'Databases are not rolled back: schemas only ever grow, so earlier code works with them.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = {
    ...clusterFlags,
    timeout: timeoutFlag('10m'),
  };

  async run() {
    const { flags } = await this.parse(DeployRollback);
    const { cluster, kubectl } = await this.cluster(flags);
    const view = await rolloutView({ silent: this.jsonEnabled(), colours: coloursOf(process.stdout) });
    const request = {
      cluster,
      kubectl,
      progress: view,
      signal: interruptSignal({ notice: () => 'no longer waiting; the cluster continues to roll back' }),
      timeoutMs: flags.timeout,
    };
    const deployments = await rollBack(request).finally(() => view.end());
    this.log(`rolled back: ${deployments.join(', ')}`);
    return { deployments };
  }
}
