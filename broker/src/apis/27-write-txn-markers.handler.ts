import { writeTxnMarkers } from './27-write-txn-markers.js';
import { findPartition } from '../topics/find-partition.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';

type Request = RequestOf<typeof writeTxnMarkers>['markers'][number];

export const answerWriteTxnMarkers: Handler<typeof writeTxnMarkers> = ({ markers }, context) => ({
  markers: markers.map((marker) => ({
    producerId: marker.producerId,
    topics: marker.topics.map(({ name, partitionIndexes }) => ({
      name,
      partitions: partitionIndexes.map((partitionIndex) =>
        attempt(
          context,
          () => {
            write({ name, partitionIndex, marker }, context);
            return { partitionIndex, errorCode: ErrorCode.NONE as ErrorCode };
          },
          ({ errorCode }) => ({ partitionIndex, errorCode }),
        ),
      ),
    })),
  })),
});

const write = (
  { name, partitionIndex, marker }: { name: string; partitionIndex: number; marker: Request },
  { broker }: Context,
): void => {
  const { producerId, producerEpoch: epoch, transactionResult: committed, coordinatorEpoch } = marker;
  findPartition(broker.topics, { name }, partitionIndex).endTransaction(
    { producerId, epoch, committed, coordinatorEpoch },
    broker.now(),
    marker.transactionVersion,
  );
};
