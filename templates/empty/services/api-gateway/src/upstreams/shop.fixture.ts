import { TestKeys } from '@msx/runtime/testing';
import type { GrpcServer } from './grpc-server.fixture.js';

/** The services behind the gateway, as small as their contracts allow, over real gRPC. */
export class Shop {
  /** Of the tokens that its users get. */
  readonly keys = new TestKeys();
  /** By the variable that tells the gateway where each is. */
  readonly servers: Record<string, GrpcServer> = {};

  async start(): Promise<void> {
    await Promise.all(Object.values(this.servers).map((server) => server.start()));
  }

  /** Where the gateway finds them. */
  get urls(): Record<string, string> {
    return Object.fromEntries(Object.entries(this.servers).map(([name, { address }]) => [name, address]));
  }

  stop(): void {
    for (const server of Object.values(this.servers)) server.stop();
  }
}
