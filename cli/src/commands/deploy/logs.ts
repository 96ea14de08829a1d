import * as Flags from '@oclif/core/flags';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { followLogs } from '../../shipping/kubernetes/deploy/follow-logs.js';
import { ClusterCommand, clusterFlags } from '../../terminal/base-commands/cluster-command.js';
import { logFlags } from '../../terminal/logs/log-flags.js';
import { followingInterrupted } from '../../terminal/logs/log-printer.js';
import { podLine } from '../../terminal/logs/pod-line.js';
import { serviceNames } from '../../terminal/flags/service-names.js';

export default class DeployLogs extends ClusterCommand {
  static override summary = 'Show the logs of the pods, each line prefixed with the name of its pod.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> -f',
    '<%= config.bin %> <%= command.id %> order-service --since 10m',
  ];
  static override args = serviceNames('services whose logs to show (default: all)');
  static override flags = {
    ...clusterFlags,
    follow: logFlags.follow,
    lines: Flags.integer({
      min: 0,
      helpValue: 'COUNT',
      default: 100,
      description: 'number of most recent lines per pod',
    }),
    since: logFlags.since,
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(DeployLogs);
    const { cluster, kubectl } = await this.cluster(flags);
    const { chooseServices } = await import('../../model/system/choose-services.js');
    const names = chooseServices(cluster.system, argv as string[]).map(({ name }) => name);
    const selector = `app.kubernetes.io/name in (${names.join(',')})`;
    const args = ['logs', '--selector', selector, '--prefix', '--ignore-errors', '--max-log-requests=50'];
    args.push(`--tail=${flags.lines}`);
    if (flags.since !== undefined) args.push(`--since-time=${new Date(flags.since).toISOString()}`);
    if (flags.follow) {
      for await (const line of followLogs(kubectl, args, followingInterrupted())) this.logData(podLine(line));
      return;
    }
    const text = await kubectl.run(args);
    if (text) return this.logData(text.split('\n').map(podLine).join('\n'));
    if (await kubectl.run(['get', 'pods', '--selector', selector, '-o', 'name'])) return;
    throw new MsxError('NOT_DEPLOYED', { system: cluster.system.name, namespace: cluster.namespace });
  }
}
