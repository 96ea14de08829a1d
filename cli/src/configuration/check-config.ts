import { join } from 'node:path/posix';
import { MsxError } from '../errors/msx-error.js';
import { records, runProgram } from '../programs/run-program.js';
import { serviceEnvironment } from '../system/service-environment.js';
import type { Service, System } from '../system/system.js';

export const ENVIRONMENTS = ['development', 'test', 'production'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

export interface ConfigProblem {
  readonly kind: 'wrong' | 'missing';
  readonly variable?: string;
  /** `services/api-gateway/config/production.yaml:7:3 query.maxDepth must be …` */
  readonly text: string;
}

/** Where one variable of a service gets its value from. */
export interface VariableReport {
  readonly name: string;
  readonly from: 'environment' | 'mounted file' | 'configuration file' | 'default';
  readonly place?: string;
  /** Not of one that may hold a secret. */
  readonly value?: string;
}

export interface ConfigReport {
  readonly service: string;
  readonly environment: EnvironmentName;
  /** Of the service's own files, relative to the root. */
  readonly file?: string;
  readonly problems: readonly ConfigProblem[];
  readonly variables: readonly VariableReport[];
}

export interface ConfigWish {
  readonly environment: EnvironmentName;
  /** What the services would be started with. */
  readonly given: NodeJS.ProcessEnv;
}

/** What a built service says of the configuration it would start with. Throws PROGRAM_FAILED when it says nothing. */
export async function checkConfig(system: System, service: Service, wish: ConfigWish): Promise<ConfigReport> {
  const env = environmentOf(system, service, wish);
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
 * In production nothing of this machine counts, but what is given: a service is told where the others are, and its keys,
 * by whoever deploys it.
 */
function environmentOf(
  system: System,
  service: Service,
  { environment, given }: ConfigWish,
): NodeJS.ProcessEnv {
  if (environment !== 'production')
    return { ...given, ...serviceEnvironment(system, service, { given }), NODE_ENV: environment };
  const own = given[`${service.name.replaceAll('-', '_').toUpperCase()}_DATABASE_URL`];
  return { ...given, ...(own && { DATABASE_URL: own }), NODE_ENV: environment };
}

/** Throws CONFIG_INCOMPLETE with all that a start would be refused for. */
export function demandComplete(reports: readonly ConfigReport[], environment: EnvironmentName): void {
  const problems = reports.flatMap(({ service, problems }) => problems.map((one) => ({ service, ...one })));
  if (problems.length > 0) throw new MsxError('CONFIG_INCOMPLETE', { environment, problems });
}
