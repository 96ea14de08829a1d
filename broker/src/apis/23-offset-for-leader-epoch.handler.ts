import { offsetForLeaderEpoch } from './23-offset-for-leader-epoch.js';
import { checkLeaderEpoch, findPartition } from '../topics/find-partition.js';
import { LEADER_EPOCH } from '../topics/partition.js';
import { attempt, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

/** Where an epoch ends (KIP-320): the only epoch ends at the end of the log. */
export const answerOffsetForLeaderEpoch: Handler<typeof offsetForLeaderEpoch> = async (
  { topics },
  context,
) => ({
  topics: await inSlices(topics, async ({ topic, partitions }) => ({
    topic,
    partitions: await inSlices(partitions, ({ partition, currentLeaderEpoch, leaderEpoch }) =>
      attempt(
        context,
        () => {
          checkLeaderEpoch(currentLeaderEpoch);
          const { highWatermark } = findPartition(context.broker.topics, { name: topic }, partition);
          return leaderEpoch === LEADER_EPOCH
            ? { partition, leaderEpoch, endOffset: highWatermark }
            : { partition };
        },
        ({ errorCode }) => ({ partition, errorCode }),
      ),
    ),
  })),
});
