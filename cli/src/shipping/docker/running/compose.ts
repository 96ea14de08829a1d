import { parse } from 'yaml';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { composeError } from './compose-error.js';
import { composeServices } from './compose-model.js';
import { projectName } from './project-name.js';
import type { ComposeService } from './compose-model.js';

/** The plugin of the docker command first, then the standalone program that preceded it. */
const PROGRAMS = [
  { argv: ['docker', 'compose'], everyProfile: ['--profile', '*'] },
  // It includes services of every profile anyway, and does not support the wildcard.
  { argv: ['docker-compose'], everyProfile: [] },
] as const;

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
}

const VERSION_TIMEOUT_MS = 20_000;
/** Images may have to be pulled, and dependencies have to become healthy. */
const RUN_TIMEOUT_MS = 1_800_000;

/** The compose program of this machine, for one system. */
export class Compose {
  private constructor(
    private readonly program: (typeof PROGRAMS)[number],
    private readonly root: string,
    readonly project: string,
  ) {}

  /** Throws COMPOSE_MISSING. */
  static async find(root: string): Promise<Compose> {
    const { execa } = await import('execa');
    const reasons: string[] = [];
    for (const program of PROGRAMS) {
      const [file, ...args] = program.argv;
      const { failed, shortMessage } = await execa(file, [...args, 'version', '--short'], {
        reject: false,
        timeout: VERSION_TIMEOUT_MS,
      });
      if (!failed) return new Compose(program, root, projectName(root, process.env));
      reasons.push(shortMessage?.split('\n')[0] ?? '');
    }
    throw new MsxError('COMPOSE_MISSING', { reason: reasons.join('; ') });
  }

  get name(): string {
    return this.program.argv.join(' ');
  }

  /** All services of docker-compose.yml and its override file, of every profile. */
  async services(): Promise<ComposeService[]> {
    return composeServices(parse(await this.run([...this.program.everyProfile, 'config'])));
  }

  /** Stops and removes all containers, of every profile. */
  async down(options: readonly string[], signal: AbortSignal): Promise<void> {
    await this.run([...this.program.everyProfile, 'down', '--remove-orphans', ...options], { signal });
  }

  /** @returns its stdout. Throws an error of the catalogue. */
  async run(args: readonly string[], { signal, environment }: RunOptions = {}): Promise<string> {
    const { execa } = await import('execa');
    const [file, ...own] = this.program.argv;
    const result = await execa(file, [...own, '--project-name', this.project, ...args], {
      cwd: this.root,
      env: { ...environment, DOCKER_CLI_HINTS: 'false' },
      reject: false,
      stdin: 'ignore',
      all: true,
      timeout: RUN_TIMEOUT_MS,
      ...(signal && { cancelSignal: signal }),
    });
    if (!result.failed) return result.stdout ?? '';
    if (signal?.aborted) throw new MsxError('INTERRUPTED', {});
    const verb = args.find((arg) => /^[a-z]+$/.test(arg)) ?? '';
    throw composeError(`${this.name} ${verb}`, result.all || result.shortMessage || '');
  }
}
