import { findCoordinator } from './10-find-coordinator.js';
import type { Handler } from './handler.js';

/** The only broker coordinates every group and every transaction. */
export const answerFindCoordinator: Handler<typeof findCoordinator> = ({ coordinatorKeys }, { broker }) => {
  const here = { nodeId: broker.nodeId, ...broker.address, errorMessage: null };
  return { ...here, coordinators: coordinatorKeys.map((key) => ({ key, ...here })) };
};
