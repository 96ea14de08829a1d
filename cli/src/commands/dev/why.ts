import { chooseResources } from '../../dev/choose-resources.js';
import { engineOf } from '../../dev/engine-of.js';
import { explain, sentence } from '../../engine/explain.js';
import { NoEngine } from '../../engine/control/client.js';
import { MsxError } from '../../errors/msx-error.js';
import { coloursOf } from '../../ui/colours.js';
import { MsxCommand } from '../../ui/msx-command.js';
import { serviceNames } from '../../ui/service-names.js';
import type { Explanation } from '../../engine/explain.js';
import type { Snapshot } from '../../engine/snapshot.js';

export default class DevWhy extends MsxCommand {
  static override summary = 'Say why a service is not started, not ready or degraded, down to the cause.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
  ];
  static override args = serviceNames('what to explain (default: everything that runs or should run)');

  async run(): Promise<{ explanations: Explanation[] }> {
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
    return { explanations };
  }

  async #snapshot(): Promise<Snapshot> {
    try {
      return await engineOf(this.root()).snapshot({ fresh: true });
    } catch (error) {
      if (error instanceof NoEngine) throw new MsxError('NOT_RUNNING', { what: 'the system' });
      throw error;
    }
  }

  /** What it waits for, each failing check of its own, and the last words of the culprit. */
  #print({ resources }: Snapshot, explanation: Explanation): void {
    const { dim, bold } = coloursOf(process.stdout);
    const view = resources.find(({ name }) => name === explanation.name)!;
    const culprit = resources.find(({ name }) => name === explanation.culprit);
    this.log(sentence(explanation).replace(view.name, bold(view.name)));
    for (const { name, ok, reason } of view.health?.checks ?? [])
      this.log(dim(`  ${ok ? '✓' : '✗'} ${name}${reason ? `: ${reason}` : ''}`));
    for (const line of culprit?.exit?.lastLines ?? []) this.log(dim(`  ${line}`));
  }
}
