import type { Assignee, AssignorInput, Assignment } from './assignment.js';
import { hashOfText, inHashOrder } from './hash-order.js';
import { balanceDifferent } from './balance-different.js';
import { shareEqually } from './share-equally.js';

/**
 * Gives all members the same number of partitions, or one more, and moves few of them. It chooses the partitions and the
 * members that Kafka's UniformAssignor does, except that it goes through topics in the order of their names, not of their
 * random ids.
 */
export const assignUniform = ({ members, partitions }: AssignorInput): Assignment => {
  const sorted = inHashOrder(members, ({ id }) => hashOfText(id));
  const input = { members: sorted, partitions };
  return haveSameTopics(members) ? shareEqually(input) : balanceDifferent(input);
};

const haveSameTopics = ([first, ...others]: readonly Assignee[]): boolean =>
  others.every(
    ({ topics }) => topics.size === first!.topics.size && [...topics].every((id) => first!.topics.has(id)),
  );
