import { TestGateway } from '@msx/gateway/testing';
import { gateway } from './gateway.js';
import { Services } from './upstreams/services.fixture.js';

/** The gateway on a free port, over real HTTP, with real gRPC servers behind it. */
export class Gateway extends TestGateway<Services> {
  constructor() {
    super(gateway, new Services());
  }
}
