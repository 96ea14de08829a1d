import { parse } from 'yaml';
import { MsxError } from '../../errors/msx-error.js';
import { composeError } from './compose-error.js';
import { composeServices } from './compose-model.js';
import { projectName } from './project-name.js';
import type { ComposeService } from './compose-model.js';

/** The plugin of today's docker command first, then the program that was before it. */
const PROGRAMS = [
  { argv: ['docker', 'compose'], everyProfile: ['--profile', '*'] },
  // It shows services whatever their profile, and knows no wildcard.
  { argv: ['docker-compose'], everyProfile: [] },
] as const;

interface RunOptions {
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The compose of this machine, for one system. */
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
      const { failed, shortMessage } = await execa(file, [...args, 'version', '--short'], { reject: false });
      if (!failed) return new Compose(program, root, projectName(root, process.env));
      reasons.push(shortMessage?.split('\n')[0] ?? '');
    }
    throw new MsxError('COMPOSE_MISSING', { reason: reasons.join('; ') });
  }

  get name(): string {
    return this.program.argv.join(' ');
  }

  /** All services of docker-compose.yml and what is laid over it, whatever their profile. */
  async services(): Promise<ComposeService[]> {
    return composeServices(parse(await this.run([...this.program.everyProfile, 'config'])));
  }

  /** Ends and removes all containers, whatever their profile. */
  async down(options: readonly string[], signal: AbortSignal): Promise<void> {
    await this.run([...this.program.everyProfile, 'down', '--remove-orphans', ...options], { signal });
  }

  /** Answers what it printed. Throws what went wrong as an error of the catalogue. */
  async run(args: readonly string[], { signal, environment }: RunOptions = {}): Promise<string> {
    const { execa } = await import('execa');
    const [file, ...own] = this.program.argv;
    const result = await execa(file, [...own, '--project-name', this.project, ...args], {
      cwd: this.root,
      env: { ...environment, DOCKER_CLI_HINTS: 'false' },
      reject: false,
      stdin: 'ignore',
      all: true,
      ...(signal && { cancelSignal: signal }),
    });
    if (!result.failed) return result.stdout ?? '';
    if (signal?.aborted) throw new MsxError('INTERRUPTED', {});
    const verb = args.find((arg) => /^[a-z]+$/.test(arg)) ?? '';
    throw composeError(`${this.name} ${verb}`, result.all || result.shortMessage || '');
  }
}
