import { libraryGateway } from './library/app.module.fixture.js';
import { Library } from './library/library.fixture.js';
import { TestGateway } from './testing/test-gateway.js';

/** The gateway of a made-up library on a free port, over real HTTP, with real gRPC servers behind it. */
export class Gateway extends TestGateway<Library> {
  constructor() {
    super(libraryGateway, new Library());
  }

  get library(): Library {
    return this.upstreams;
  }
}
