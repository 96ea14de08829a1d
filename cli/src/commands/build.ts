import { buildStale } from '../code/build/build-stale.js';
import { readStamp } from '../code/build/bundling/bundle-stamp.js';
import { chooseServices } from '../model/system/choose-services.js';
import { MsxCommand } from '../terminal/base-commands/msx-command.js';
import { serviceNames } from '../terminal/flags/service-names.js';
import type { Service } from '../model/system/system.js';

/** Why services will start more slowly, if they will. */
const unbundledText = (services: Service[]): string[] =>
  services.flatMap((service) => {
    const problem = readStamp(service)?.problem;
    return problem ? [`${service.name} was not bundled and will start more slowly: ${problem}`] : [];
  });

export default class Build extends MsxCommand {
  static override summary = 'Build stale stubs, services and the packages they depend on.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
  ];
  static override args = serviceNames('services to build (default: all)');

  async run() {
    const { argv } = await this.parse(Build);
    const system = await this.loadSystem();
    const services = chooseServices(system, argv as string[]);
    const started = performance.now();
    const work = buildStale(system, services);
    const built = (await this.during('building stale packages', work)).map(({ name }) => name);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    for (const text of unbundledText(services)) this.logToStderr(text);
    this.log(built.length > 0 ? `built ${built.join(', ')} in ${seconds} s` : 'everything is up to date');
    return { built, unchanged: services.map(({ name }) => name).filter((name) => !built.includes(name)) };
  }
}
