import { metadataOf, type Group } from './group.js';

/**
 * The topics that the members of a classic group subscribe to. A consumer's metadata begins with a version and a list
 * of topic names (Kafka's ConsumerProtocolSubscription); what cannot be read names no topic.
 */
export const subscribedTopics = (group: Group): Set<string> =>
  new Set([...group.members.values()].flatMap((member) => topicsIn(metadataOf(member, group.protocol))));

const topicsIn = (metadata: Buffer): string[] => {
  const names: string[] = [];
  try {
    let at = 6;
    for (let left = metadata.readInt32BE(2); left > 0; left--) {
      const length = metadata.readInt16BE(at);
      names.push(metadata.toString('utf8', at + 2, at + 2 + length));
      at += 2 + length;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return names;
};
