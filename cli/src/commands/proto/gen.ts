import * as Flags from '@oclif/core/flags';
import { generateStubs } from '../../code/contracts/generate-stubs.js';
import { watchContracts } from '../../code/contracts/watch-contracts.js';
import { chooseServices } from '../../model/system/choose-services.js';
import { readerGone } from '../../terminal/process/guard-output.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { printError } from '../../terminal/process/print-error.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import type { Service, System } from '../../model/system/system.js';

export default class ProtoGen extends MsxCommand {
  static override summary = 'Generate the typed stubs of the services.';
  static override description =
    'Writes src/gen of each service: the stubs of its own contracts, of the services it calls and of its events, and the descriptor for reflection. Stubs that are up to date are not written.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
    '<%= config.bin %> <%= command.id %> --watch',
  ];
  static override args = serviceNames('services whose stubs to generate (default: all)');
  static override flags = {
    watch: Flags.boolean({
      char: 'w',
      description: 'generate again whenever a contract changes, until Ctrl-C',
    }),
  };

  async run() {
    const { argv, flags } = await this.parse(ProtoGen);
    const system = await this.loadSystem();
    const services = chooseServices(system, argv as string[]);
    if (flags.watch) return this.#watch(system, services);
    const generated = await this.during('generating stubs', generateStubs(system, services));
    return this.#report(services, generated);
  }

  #report(services: Service[], generated: Service[]) {
    const names = generated.map(({ name }) => name);
    this.log(names.length > 0 ? `generated ${names.join(', ')}` : 'all stubs are up to date');
    const unchanged = services.map(({ name }) => name).filter((name) => !names.includes(name));
    return { generated: names, unchanged };
  }

  async #watch(system: System, services: Service[]): Promise<void> {
    // Stubs are put in place all at once, so nothing can be left half written.
    readerGone().addEventListener('abort', () => process.exit());
    const print = (report: object) =>
      this.jsonEnabled() && process.stdout.write(JSON.stringify(report) + '\n');
    for await (const result of watchContracts(system, services))
      if ('error' in result) printError(result.error, { json: this.jsonEnabled() });
      else print(this.#report(services, result.generated));
  }
}
