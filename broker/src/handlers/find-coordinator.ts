import { findCoordinator } from '../apis/10-find-coordinator.js';
import type { Handler } from './handler.js';

/** There is one broker, so it coordinates every group and every transaction. */
export const answerFindCoordinator: Handler<typeof findCoordinator> = ({ coordinatorKeys }, { broker }) => {
  const here = { nodeId: broker.nodeId, ...broker.address, errorMessage: null };
  return { ...here, coordinators: coordinatorKeys.map((key) => ({ key, ...here })) };
};
