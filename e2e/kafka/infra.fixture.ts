import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from './until.fixture.js';

export const root = resolve(import.meta.dirname, '../..');

/** Scripts that start real Kafkas, from outside of this repository. */
const infra = resolve(process.env.INFRA ?? join(root, '../shared/infra'));

/** The jars of a Kafka, which the scripts fetch on first use. */
export const kafkaLibraries = (release: '3.9' | '4'): string =>
  join(process.env.INFRA_ROOT ?? join(homedir(), '.cache/msx-infra'), 'kafka', release, 'libs');

const isInstalled = (program: string) => spawnSync(program, ['-version'], { timeout: 20_000 }).status === 0;

/** Whether a real Kafka can be started, and programs compiled for it. */
export const hasKafka = existsSync(infra) && isInstalled('javac');

export const WITHOUT_KAFKA = 'it needs Java and ../shared/infra';

const KINDS = { kraft: { version: '4.3.1' }, zk: { version: '3.9.2' } } as const;

const START_TIMEOUT_MS = 120_000;

/** By default, transactions are checked for their timeouts so seldom that scenarios would not wait for it. */
const SETTINGS = 'transaction.abort.timed.out.transaction.cleanup.interval.ms=1000\n';

/** A single-node Apache Kafka of its own. */
export class RealKafka {
  private constructor(
    private readonly kind: keyof typeof KINDS,
    readonly port: number,
    private readonly data: string,
  ) {}

  static readonly versions = KINDS;

  /** The ports after it are used as well: by the controller, or by ZooKeeper. */
  static start(kind: keyof typeof KINDS, port: number): RealKafka {
    const kafka = new RealKafka(kind, port, mkdtempSync(join(tmpdir(), 'kafka-')));
    writeFileSync(kafka.settings, SETTINGS);
    kafka.run('kafka-up.sh', [kind, String(port), kafka.data]);
    return kafka;
  }

  /** With SIGKILL, as a crash, and starts it again with the same files. */
  async killAndRestart(): Promise<void> {
    const pid = Number(readFileSync(join(this.data, 'kafka.pid'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    await until(() => !existsSync(`/proc/${pid}`));
    this.run('kafka-up.sh', [this.kind, String(this.port), this.data]);
  }

  private get settings(): string {
    return join(this.data, 'extra.properties');
  }

  private run(script: string, args: readonly string[]) {
    const env = { ...process.env, ZK_PORT: String(this.port + 1), KAFKA_EXTRA: this.settings };
    const stdio = ['ignore', 'ignore', 'inherit'] as const;
    execFileSync('bash', [join(infra, script), ...args], {
      env,
      stdio: [...stdio],
      timeout: START_TIMEOUT_MS,
    });
  }

  stop(): void {
    this.run('kafka-down.sh', [this.data, '--wipe']);
    rmSync(this.data, { recursive: true, force: true });
  }
}
