import { inspectConfig } from '../config/load-config.js';
import type { ConfigNeeds, ConfigProblem, Environment } from '../config/config.js';
import { RUNTIME_SETTINGS, upstreamSetting } from '../config/runtime-settings.js';
import type { Setting } from '../config/setting.js';
import type { Source } from '../config/sources.js';
import { variableOf } from '../config/variable.js';
import { configNeedsOf } from './boot.js';
import type { ServiceOptions } from './service-options.js';
import { StartupError } from '../startup/startup-error.js';

/** A variable, with its documentation and the source of its value. */
export interface VariableReport extends Setting {
  readonly name: string;
  readonly from: Source['from'] | 'default';
  /** `config/production.yaml:7:3 query.maxDepth`, or the variable that names the mounted file. */
  readonly place?: string;
  /** Left out for variables that may hold a secret. */
  readonly value?: string;
}

export interface ConfigReport {
  readonly service: string;
  readonly environment: string;
  /** The configuration file, if there is one. */
  readonly file?: string;
  readonly problems: readonly ConfigProblem[];
  readonly variables: readonly VariableReport[];
}

/**
 * `config check [--json]`: checks the configuration as a start would, without starting anything.
 * @returns the output, and whether a start would succeed
 * @throws StartupError CONFIG_INVALID for a command that does not exist
 */
export function runConfigCommand(
  args: readonly string[],
  options: ServiceOptions,
  env: Environment,
): { output: string; ok: boolean } {
  if (args[0] !== 'check') throw new StartupError('CONFIG_INVALID', 'config takes check');
  const report = reportOf(options, env);
  const output = args.includes('--json') ? JSON.stringify(report) : describe(report);
  return { output, ok: report.problems.length === 0 };
}

function reportOf(options: ServiceOptions, env: Environment): ConfigReport {
  const needs = configNeedsOf(options);
  const { config, file, problems, variables: names, sources } = inspectConfig(env, needs);
  const variables = names.map((name): VariableReport => {
    const base = { name, ...settingOf(name, needs) };
    const source = sources.get(name);
    if (!source) return { ...base, from: 'default' };
    const place = source.place === name ? {} : { place: source.place };
    return { ...base, from: source.from, ...place, ...(!base.secret && { value: source.text }) };
  });
  return { service: options.name, environment: config.environment, file, problems, variables };
}

function settingOf(name: string, { variables = {}, upstreams }: ConfigNeeds): Setting {
  const own = variables[name];
  if (own) {
    const { expects, purpose = '', default: stated, secret } = own;
    return { expects, default: stated, purpose, usedBy: 'this service', secret };
  }
  const upstream = upstreams.find((one) => variableOf(one) === name);
  return upstream === undefined ? RUNTIME_SETTINGS[name]! : upstreamSetting(upstream);
}

function describe({ service, environment, file, problems, variables }: ConfigReport): string {
  const set = variables.filter(({ from }) => from !== 'default');
  return [
    `${service} (${environment}${file ? `, ${file}` : ''})`,
    ...set.map(
      ({ name, place, value = '(not shown)' }) => `  ${name} = ${value}${place ? `  from ${place}` : ''}`,
    ),
    ...problems.map(({ kind, text }) => `  ${kind}: ${text}`),
  ].join('\n');
}
