import * as Flags from '@oclif/core/flags';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { forward } from '../../shipping/kubernetes/deploy/port-forward.js';
import { ClusterCommand, clusterFlags } from '../../terminal/base-commands/cluster-command.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';

export default class DeployPortForward extends ClusterCommand {
  static override summary = 'Forward a local port to the gateway in the cluster, until Ctrl-C.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 8080',
  ];
  static override flags = {
    ...clusterFlags,
    port: Flags.integer({
      char: 'p',
      helpValue: 'PORT',
      min: 0,
      max: 65_535,
      description: "local port; 0 for any free port (default: the gateway's port)",
    }),
  };

  async run() {
    const { flags } = await this.parse(DeployPortForward);
    const { cluster, kubectl } = await this.cluster(flags);
    const gateway = cluster.system.services.find(({ kind }) => kind === 'graphql');
    if (!gateway) throw new MsxError('USAGE', { reason: 'msx.yaml has no service of kind graphql' });
    const signal = interruptSignal();
    const tunnel = await forward(kubectl, { service: gateway.name, port: flags.port ?? gateway.port });
    this.log(`http://localhost:${tunnel.port}/graphql  (Ctrl-C stops it)`);
    const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    await Promise.race([stopped, tunnel.ended]);
    await tunnel.stop();
    if (!signal.aborted)
      throw new MsxError('KUBECTL_FAILED', {
        command: 'kubectl port-forward',
        reason: 'the connection was lost',
      });
  }
}
