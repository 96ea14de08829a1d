import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The jars of Kafka Streams and Kafka Connect, which run.sh fetches. */
export const libraries = process.env.TEST_KAFKA_STREAMS_LIBRARIES;

const COMPILE_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 15_000;

/** A Java program with these jars, and a folder of its own, in which `log` is what it prints. */
export class JavaProcess {
  private process: ChildProcess | undefined;

  constructor(readonly work = mkdtempSync(join(tmpdir(), 'kafka-java-'))) {}

  compile(source: string): void {
    const args = ['-nowarn', '-cp', `${libraries}/*`, '-d', this.work, source];
    execFileSync('javac', args, { stdio: 'pipe', timeout: COMPILE_TIMEOUT_MS });
  }

  start(main: string, ...args: readonly string[]): void {
    const memory = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
    const level = '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn';
    const log = openSync(join(this.work, 'log'), 'a');
    const all = [...memory, level, '-cp', `${this.work}:${libraries}/*`, main, ...args];
    this.process = spawn('java', all, { stdio: ['ignore', log, log] });
  }

  async destroy(): Promise<void> {
    if (this.process && this.process.exitCode === null) {
      const exit = once(this.process, 'exit');
      this.process.kill();
      const timer = setTimeout(() => this.process!.kill('SIGKILL'), STOP_TIMEOUT_MS);
      await exit;
      clearTimeout(timer);
    }
    rmSync(this.work, { recursive: true, force: true });
  }
}
