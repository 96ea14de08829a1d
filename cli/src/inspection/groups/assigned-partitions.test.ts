import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { AssignerProtocol } from 'kafkajs';
import { assignedPartitions } from './assigned-partitions.js';

describe('the partitions of an assignment', () => {
  it('are those that a client was assigned', () => {
    const bytes = AssignerProtocol.MemberAssignment.encode({
      version: 1,
      assignment: { 'order.created': [0, 2], 'user.created': [1] },
      userData: Buffer.from('x'),
    });
    expect(assignedPartitions(bytes)).toEqual(['order.created/0', 'order.created/2', 'user.created/1']);
  });

  it('are none in any other bytes', () => {
    expect(assignedPartitions(Buffer.alloc(0))).toEqual([]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(Array.isArray(assignedPartitions(Buffer.from(bytes)))).toBe(true);
      }),
    );
  });
});
