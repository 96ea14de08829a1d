import * as Flags from '@oclif/core/flags';
import { buildStale } from '../../code/build/build-stale.js';
import { ENVIRONMENTS, checkConfig, checkComplete } from '../../inspection/configuration/check-config.js';
import { readEnvFile } from '../../inspection/configuration/read-env-file.js';
import { chooseServices } from '../../model/system/choose-services.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { table } from '../../terminal/screen/table.js';
import type { ConfigReport } from '../../inspection/configuration/check-config.js';

export default class ConfigCheck extends MsxCommand {
  static override summary = 'Report what is wrong with or missing from the configuration of the services.';
  static override description =
    'Each service checks its configuration as it would when it starts: config/<environment>.yaml, overridden by environment variables. Nothing is started. For production, only the environment and --file count; <SERVICE>_DATABASE_URL applies to that service alone.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --env production',
    '<%= config.bin %> <%= command.id %> api-gateway --env production --file production.env',
    '<%= config.bin %> <%= command.id %> user-service --variables',
  ];
  static override args = serviceNames('services to check (default: all)');
  static override flags = {
    env: Flags.option({
      options: ENVIRONMENTS,
      default: 'development' as const,
      description: 'environment to check',
    })(),
    // Node 20 takes --env-file for its own option, wherever it is, and exits if there is no such file; so it is only an alias.
    file: Flags.string({
      aliases: ['env-file'],
      char: 'f',
      helpValue: 'FILE',
      description: 'file of NAME=value lines, added to the environment variables',
    }),
    variables: Flags.boolean({ description: 'show the value and the source of each variable' }),
  };

  async run() {
    const { argv, flags } = await this.parse(ConfigCheck);
    const system = await this.loadSystem();
    const services = chooseServices(system, argv as string[]);
    const { file } = flags;
    const given = { ...process.env, ...(file !== undefined && readEnvFile(file)) };
    await this.during('building stale packages', buildStale(system, services));
    const options = { environment: flags.env, given };
    const checks = services.map((service) => checkConfig(system, service, options));
    const reports = await this.during('reading the settings of the services', Promise.all(checks));
    if (flags.variables) this.log(variablesOf(reports));
    checkComplete(reports, flags.env);
    if (!flags.variables) this.log(filesOf(reports));
    this.log(`nothing is missing for ${flags.env}`);
    return { environment: flags.env, services: reports };
  }
}

const filesOf = (reports: ConfigReport[]) =>
  table(
    ['SERVICE', 'FILE', 'VARIABLES SET'],
    reports.map(({ service, file, variables }) => [
      service,
      file ?? 'none',
      String(variables.filter(({ from }) => from !== 'default').length),
    ]),
    coloursOf(process.stdout),
  );

function variablesOf(reports: ConfigReport[]): string {
  const rows = reports.flatMap(({ service, variables }) =>
    variables.map(({ name, from, place, value }) => [
      service,
      name,
      from === 'default' ? '' : (value ?? '(not shown)'),
      place ?? from,
    ]),
  );
  return table(['SERVICE', 'VARIABLE', 'VALUE', 'FROM'], rows, coloursOf(process.stdout));
}
