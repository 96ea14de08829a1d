import { MsxError } from '../../terminal/errors/msx-error.js';
import { namedRequest } from '../kafka/named-request.js';
import { describeGroup, findGroups } from './describe-groups.js';
import type { KafkaSession } from '../kafka/kafka-session.js';

/** Checks that groups exist and have no members. Throws GROUP_MISSING, GROUP_ACTIVE. */
export async function checkDeletable(session: KafkaSession, groups: readonly string[]): Promise<void> {
  await findGroups(session, groups);
  for (const group of groups) {
    const { state, members } = await describeGroup(session, group);
    if (members) throw new MsxError('GROUP_ACTIVE', { group, state, members, doing: 'deleted' });
  }
}

/** Deletes groups with their committed offsets. Throws KAFKA_REFUSED. */
export async function deleteGroups(session: KafkaSession, groups: readonly string[]): Promise<void> {
  const name = { doing: `delete the groups ${groups.join(', ')}` };
  await namedRequest(session, name, session.admin.deleteGroups([...groups]));
}
