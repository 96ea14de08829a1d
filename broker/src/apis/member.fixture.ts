import { expect } from '@jest/globals';
import type { WireClient } from '../server/wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { joinGroup } from './11-join-group.js';
import { syncGroup } from './14-sync-group.js';

/** The only member of a group, with the assignment `mine`. */
export const joinedMember = async (client: WireClient, groupId: string) => {
  const { memberId, generationId, errorCode } = await client.call(joinGroup, 3, {
    groupId,
    sessionTimeoutMs: 60_000,
    protocolType: 'consumer',
    protocols: [{ name: 'range', metadata: Buffer.from('metadata') }],
  });
  expect(errorCode).toBe(ErrorCode.NONE);
  const assignments = [{ memberId, assignment: Buffer.from('mine') }];
  const { assignment } = await client.call(syncGroup, 3, { groupId, generationId, memberId, assignments });
  expect(assignment.toString()).toBe('mine');
  return { groupId, memberId, generationId };
};
