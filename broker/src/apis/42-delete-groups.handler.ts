import { deleteGroups } from './42-delete-groups.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';

export const answerDeleteGroups: Handler<typeof deleteGroups> = ({ groupsNames }, context) => ({
  results: [...new Set(groupsNames)].map((groupId) =>
    attempt(
      context,
      () => {
        remove(groupId, context);
        return { groupId };
      },
      ({ errorCode }) => ({ groupId, errorCode }),
    ),
  ),
});

/** Only a group without members can be deleted; its offsets go with it. */
const remove = (id: string, { broker }: Context): void => {
  const { groups, consumerGroups, offsets, pendingOffsets } = broker;
  const group = groups.get(id);
  const members = consumerGroups.get(id)?.members;
  if (!group && !members && offsets.of(id).length === 0)
    throw new KafkaError(ErrorCode.GROUP_ID_NOT_FOUND, `group "${id}" does not exist`);
  if ((group && group.phase !== 'Empty') || (members && members.size > 0))
    throw new KafkaError(ErrorCode.NON_EMPTY_GROUP, `group "${id}" has members`);
  offsets.deleteGroup(id);
  pendingOffsets.deleteGroup(id);
  groups.delete(id);
  consumerGroups.delete(id);
};
