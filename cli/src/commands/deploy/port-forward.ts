import * as Flags from '@oclif/core/flags';
import { MsxError } from '../../errors/msx-error.js';
import { forward } from '../../kubernetes/deploy/port-forward.js';
import { ClusterCommand, clusterFlags } from '../../ui/cluster-command.js';
import { interrupted } from '../../ui/interrupted.js';

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
      min: 0,
      max: 65_535,
      description: "local port; 0 for any free port (default: the gateway's port)",
    }),
  };

  async run() {
    const { flags } = await this.parse(DeployPortForward);
    const { cluster, kubectl } = await this.cluster(flags);
    const gateway = cluster.system.services.find(({ kind }) => kind === 'graphql');
    if (!gateway) throw new MsxError('USAGE', { reason: 'msx.yaml has no service that serves GraphQL' });
    const signal = interrupted();
    const tunnel = await forward(kubectl, { service: gateway.name, port: flags.port ?? gateway.port });
    this.log(`http://localhost:${tunnel.port}/graphql  (Ctrl-C ends it)`);
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
