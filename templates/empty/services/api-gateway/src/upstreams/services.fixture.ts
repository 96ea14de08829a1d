import { TestUpstreams } from '@msx/gateway/testing';
import type { TestUpstream } from '@msx/gateway/testing';

/** Minimal in-memory versions of the services behind the gateway, over real gRPC. */
export class Services extends TestUpstreams {
  /** By the environment variable that tells the gateway its address. */
  override readonly servers: Record<string, TestUpstream> = {};
}
