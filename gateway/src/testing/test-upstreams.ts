import { TestKeys } from '@msx/runtime/testing';
import type { TestUpstream } from './test-upstream.js';

/** Minimal in-memory versions of the services behind a gateway, over real gRPC. Extend it with `servers`. */
export class TestUpstreams {
  /** The signing keys of user tokens. */
  readonly keys = new TestKeys();
  /** By the environment variable that tells the gateway its address. */
  readonly servers: Readonly<Record<string, TestUpstream>> = {};

  async start(): Promise<void> {
    await Promise.all(Object.values(this.servers).map((server) => server.start()));
  }

  /** The addresses, as environment variables of the gateway. */
  get urls(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.servers).map(([name, { address }]) => [name, address]));
  }

  stop(): void {
    for (const server of Object.values(this.servers)) server.stop();
  }

  forgetCalls(): void {
    for (const { calls } of Object.values(this.servers)) calls.splice(0);
  }
}
