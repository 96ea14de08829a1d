import * as Flags from '@oclif/core/flags';
import { MsxError } from '../../errors/msx-error.js';
import { followLogs } from '../../kubernetes/deploy/follow-logs.js';
import { ClusterCommand, clusterFlags } from '../../ui/cluster-command.js';
import { interrupted } from '../../ui/interrupted.js';
import { serviceNames } from '../../ui/service-names.js';

export default class DeployLogs extends ClusterCommand {
  static override summary = 'Show the logs of the pods, each line behind the name of its pod.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> -f',
    '<%= config.bin %> <%= command.id %> order-service --since 10m',
  ];
  static override args = serviceNames('whose logs; all unless given');
  static override flags = {
    ...clusterFlags,
    follow: Flags.boolean({ char: 'f', description: 'go on with what is written from now on, until Ctrl-C' }),
    lines: Flags.integer({ min: 0, default: 100, description: 'the last so many of each pod' }),
    since: Flags.string({ description: 'not those before: 30s, 10m, 2h' }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(DeployLogs);
    const { cluster, kubectl } = await this.cluster(flags);
    const { chooseServices } = await import('../../system/choose-services.js');
    const names = chooseServices(cluster.system, argv as string[]).map(({ name }) => name);
    const selector = `app.kubernetes.io/name in (${names.join(',')})`;
    const args = ['logs', '--selector', selector, '--prefix', '--ignore-errors', '--max-log-requests=50'];
    args.push(`--tail=${flags.lines}`);
    if (flags.since) args.push(`--since=${flags.since}`);
    if (flags.follow) {
      for await (const line of followLogs(kubectl, args, interrupted())) this.log(line);
      return;
    }
    const text = await kubectl.run(args);
    if (text) return this.log(text);
    if (await kubectl.run(['get', 'pods', '--selector', selector, '-o', 'name'])) return;
    throw new MsxError('NOT_DEPLOYED', { system: cluster.system.name, namespace: cluster.namespace });
  }
}
