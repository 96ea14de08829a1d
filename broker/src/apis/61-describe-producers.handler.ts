import { describeProducers } from './61-describe-producers.js';
import { lastSequenceIn } from '../producers/sequence.js';
import { findPartition } from '../topics/find-partition.js';
import type { Partition } from '../topics/partition.js';
import { checkTopicName } from '../topics/topic-name.js';
import { attempt, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

export const answerDescribeProducers: Handler<typeof describeProducers> = async ({ topics }, context) => ({
  topics: await inSlices(topics, async ({ name, partitionIndexes }) => ({
    name,
    partitions: await inSlices(partitionIndexes, (partitionIndex) =>
      attempt(
        context,
        () => {
          checkTopicName(name);
          const partition = findPartition(context.broker.topics, { name }, partitionIndex);
          return { partitionIndex, activeProducers: producersOf(partition) };
        },
        ({ errorCode, errorMessage }) => ({
          partitionIndex,
          errorCode,
          // Kafka has no words for a partition that a topic does not have.
          errorMessage: context.broker.topics.get(name) ? null : errorMessage,
        }),
      ),
    ),
  })),
});

const producersOf = (partition: Partition) =>
  partition.activeProducers().map(([producerId, entry]) => ({
    producerId,
    producerEpoch: entry.epoch,
    lastSequence: lastSequenceIn(entry),
    lastTimestamp: entry.lastTimestamp,
    coordinatorEpoch: entry.coordinatorEpoch,
    currentTxnStartOffset: entry.openSince ?? -1,
  }));
