import type { IncomingMessage } from 'node:http';
import type { ContainerDetails, ContainerStats, LogOptions } from './answers.js';
import type { EngineApi } from './engine-api.js';

/** A container of the engine; it may not exist. */
export class Container {
  readonly #path: string;

  /** @param id or name */
  constructor(
    private readonly api: EngineApi,
    readonly id: string,
  ) {
    this.#path = `/containers/${encodeURIComponent(id)}`;
  }

  inspect(): Promise<ContainerDetails> {
    return this.api.json(`${this.#path}/json`);
  }

  /** Memory and processor time so far. */
  stats(): Promise<ContainerStats> {
    return this.api.json(`${this.#path}/stats`, { query: { stream: false, 'one-shot': true } });
  }

  async start(): Promise<void> {
    await this.api.buffer(`${this.#path}/start`, { method: 'POST' });
  }

  /** @param t the grace period in seconds, after which the engine kills it */
  async stop({ t }: { t?: number } = {}): Promise<void> {
    await this.api.buffer(`${this.#path}/stop`, { method: 'POST', query: { t } });
  }

  async kill(): Promise<void> {
    await this.api.buffer(`${this.#path}/kill`, { method: 'POST' });
  }

  async remove({ force = false }: { force?: boolean } = {}): Promise<void> {
    await this.api.buffer(this.#path, { method: 'DELETE', query: { force } });
  }

  /** Resolves with its exit code once it has ended. */
  async wait(): Promise<number> {
    const { StatusCode } = await this.api.json<{ StatusCode: number }>(`${this.#path}/wait`, {
      method: 'POST',
    });
    return StatusCode;
  }

  /** Its output so far, in frames: see Demultiplexer. */
  logs(options: LogOptions = {}): Promise<Buffer> {
    return this.api.buffer(`${this.#path}/logs`, { query: { ...options, stdout: true, stderr: true } });
  }

  /** Its output so far, and as it is written, in frames. */
  followLogs(options: LogOptions = {}): Promise<IncomingMessage> {
    const query = { ...options, stdout: true, stderr: true, follow: true };
    return this.api.stream(`${this.#path}/logs`, { query });
  }
}
