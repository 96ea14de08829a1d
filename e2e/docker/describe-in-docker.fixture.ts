import { describeWhere } from '../../checks/skipping.fixture.js';

/** These tests need a Docker Engine and several minutes, and so only run on request. */
export const describeInDocker = describeWhere(process.env.E2E_DOCKER, 'npm run test:docker runs it');
