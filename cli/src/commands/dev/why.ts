import { chooseResources } from '../../running/dev/choose-resources.js';
import { engineOf } from '../../running/dev/engine-of.js';
import { clockText, explain, sentence } from '../../running/engine/explain.js';
import { noticesOf } from '../../running/dev/report.js';
import { NoEngine } from '../../running/engine/control/client.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { KAFKA } from '../../model/system/system.js';
import { driftText } from '../../inspection/topics/drift.js';
import { systemDrift } from '../../inspection/topics/system-drift.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import type { Explanation } from '../../running/engine/explain.js';
import type { TopicDrift } from '../../inspection/topics/drift.js';
import type { Snapshot } from '../../running/engine/snapshot.js';

export default class DevWhy extends MsxCommand {
  static override summary =
    'Explain why a service has not started, is not ready or is degraded, down to the cause.';
  static override description =
    'Also says how topics of the broker differ from msx.yaml, which msx topics apply changes where it can, and that there are dead letters, which msx topics dlq shows.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
  ];
  static override args = serviceNames('services to explain (default: all that are running or should be)');

  async run(): Promise<{ explanations: Explanation[]; drift: TopicDrift[] }> {
    const { argv } = await this.parse(DevWhy);
    const snapshot = await this.#snapshot();
    const services = snapshot.resources.filter(({ kind }) => kind === 'service');
    const chosen = chooseResources(
      services.map(({ name }) => name),
      argv as string[],
    );
    const names =
      chosen.length > 0 ? chosen : services.filter(({ wanted }) => wanted).map(({ name }) => name);
    const explanations = names.map((name) => explain(snapshot, name));
    for (const explanation of explanations) this.#print(snapshot, explanation);
    const drift = await this.#drift(snapshot);
    for (const one of drift) this.log(`${one.topic} differs from msx.yaml: ${driftText(one)}`);
    return { explanations, drift };
  }

  async #drift({ resources }: Snapshot): Promise<TopicDrift[]> {
    if (!resources.some(({ name, phase }) => name === KAFKA && phase === 'ready')) return [];
    return systemDrift(await this.loadRunningSystem(), process.env);
  }

  async #snapshot(): Promise<Snapshot> {
    try {
      return await engineOf(this.root()).snapshot({ fresh: true });
    } catch (error) {
      if (error instanceof NoEngine) throw new MsxError('NOT_RUNNING', { what: 'the system' });
      throw error;
    }
  }

  /** What the service is waiting for, its own health checks, and the last log lines of the service at fault. */
  #print({ resources }: Snapshot, explanation: Explanation): void {
    const { dim, bold, yellow } = coloursOf(process.stdout);
    const view = resources.find(({ name }) => name === explanation.name)!;
    const culprit = resources.find(({ name }) => name === explanation.culprit);
    this.log(sentence(explanation).replace(view.name, bold(view.name)));
    // Checks that it reported before it stopped answering may be out of date.
    const reportedAt = view.silentSince === undefined ? undefined : ` (at ${clockText(view.silentSince)})`;
    for (const { name, ok, reason } of view.health?.checks ?? [])
      this.log(
        dim(
          `  ${reportedAt ? '?' : ok ? '✓' : '✗'} ${name}${reason ? `: ${reason}` : ''}${reportedAt ?? ''}`,
        ),
      );
    for (const notice of noticesOf(view)) this.log(yellow(`  ${view.name}: ${notice}`));
    for (const line of culprit?.exit?.lastLines ?? []) this.log(dim(`  ${line}`));
  }
}
