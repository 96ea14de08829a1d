import { consumerGroupHeartbeat } from './68-consumer-group-heartbeat.js';
import type { WireClient } from '../server/wire-client.fixture.js';

type Changes = Partial<Parameters<WireClient['call']>[2]> & {
  groupId?: string;
  memberId?: string;
  memberEpoch?: number;
};

/** The heartbeat by which the member `m` joins the group `g`, with changes. */
export const join = (client: WireClient, changes: Changes & Record<string, unknown> = {}) =>
  client.call(consumerGroupHeartbeat, 1, {
    groupId: 'g',
    memberId: 'm',
    memberEpoch: 0,
    rebalanceTimeoutMs: 60_000,
    subscribedTopicNames: ['a'],
    topicPartitions: [],
    ...changes,
  });

/** A heartbeat that says nothing new. */
export const beat = (
  client: WireClient,
  memberEpoch: number,
  changes: Changes & Record<string, unknown> = {},
) => client.call(consumerGroupHeartbeat, 1, { groupId: 'g', memberId: 'm', memberEpoch, ...changes });
