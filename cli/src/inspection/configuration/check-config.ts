import { join } from 'node:path/posix';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { records, runProgram } from '../../running/programs/run-program.js';
import { serviceEnvironment } from '../../model/system/service-environment.js';
import type { Service, System } from '../../model/system/system.js';

export const ENVIRONMENTS = ['development', 'test', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

export interface ConfigProblem {
  readonly kind: 'wrong' | 'missing';
  readonly variable?: string;
  /** `services/api-gateway/config/production.yaml:7:3 query.maxDepth must be …` */
  readonly text: string;
}

/** The purpose of a variable of a service, and the source of its value. */
export interface VariableReport {
  readonly name: string;
  readonly expects: string;
  readonly default?: string | { readonly production: string; readonly elsewhere: string };
  readonly purpose: string;
  readonly usedBy: string;
  readonly from: 'environment' | 'mounted file' | 'configuration file' | 'default';
  readonly place?: string;
  /** Absent if the variable may hold a secret. */
  readonly value?: string;
}

export interface ConfigReport {
  readonly service: string;
  readonly environment: EnvironmentName;
  /** The configuration file of the service, relative to the root. */
  readonly file?: string;
  readonly problems: readonly ConfigProblem[];
  readonly variables: readonly VariableReport[];
}

export interface ConfigOptions {
  readonly environment: EnvironmentName;
  /** The environment that services would be started in. */
  readonly given: NodeJS.ProcessEnv;
}

/** Has a built service check the configuration it would start with. Throws PROGRAM_FAILED if it prints no report. */
export async function checkConfig(
  system: System,
  service: Service,
  options: ConfigOptions,
): Promise<ConfigReport> {
  const env = environmentOf(system, service, options);
  const { stdout, reason } = await runProgram({ system, service }, ['config', 'check', '--json'], { env });
  const report = records(stdout).findLast((record) => Array.isArray(record['problems'])) as
    ConfigReport | undefined;
  if (!report)
    throw new MsxError('PROGRAM_FAILED', { service: service.name, command: 'config check', reason });
  const place = (text: string) => (text.startsWith('config/') ? join(service.path, text) : text);
  return {
    ...report,
    ...(report.file && { file: place(report.file) }),
    problems: report.problems.map((problem) => ({ ...problem, text: place(problem.text) })),
    variables: report.variables.map((one) => ({ ...one, ...(one.place && { place: place(one.place) }) })),
  };
}

/**
 * In production only the given environment counts, nothing of this machine: whoever deploys a service configures the
 * addresses of the others and its keys.
 */
function environmentOf(
  system: System,
  service: Service,
  { environment, given }: ConfigOptions,
): NodeJS.ProcessEnv {
  if (environment !== 'production')
    return { ...given, ...serviceEnvironment(system, service, { overrides: given }), NODE_ENV: environment };
  const own = given[`${service.name.replaceAll('-', '_').toUpperCase()}_DATABASE_URL`];
  return { ...given, ...(own && { DATABASE_URL: own }), NODE_ENV: environment };
}

/** Throws CONFIG_INCOMPLETE with all problems that would prevent a start. */
export function checkComplete(reports: readonly ConfigReport[], environment: EnvironmentName): void {
  const problems = reports.flatMap(({ service, problems }) => problems.map((one) => ({ service, ...one })));
  if (problems.length > 0) throw new MsxError('CONFIG_INCOMPLETE', { environment, problems });
}
