import type { Marker } from '../records/control-batch.js';
import type { PendingOffsets } from '../groups/pending-offsets.js';
import type { TopicCatalogue } from '../topics/topic-catalogue.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { OFFSETS_TOPIC } from './offsets-partition.js';
import type { Place, Transaction } from './transaction.js';

/** The only coordinator there has ever been. */
const COORDINATOR_EPOCH = 0;
/** After this many markers, other requests have a turn. */
const MARKERS_PER_TURN = 64;

export interface Participants {
  readonly topics: TopicCatalogue;
  readonly pendingOffsets: PendingOffsets;
  now(): number;
}

/**
 * Writes the markers of a prepared transaction to its partitions, and settles the offsets of its groups. Yields after a
 * number of partitions. It does no harm to repeat this after a crash: a second marker ends nothing.
 */
export function* complete(transaction: Transaction, participants: Participants): Generator<void> {
  const { producerId, epoch, partitions, version } = transaction;
  const committed = transaction.state === 'PrepareCommit';
  const marker = { producerId, epoch, committed, coordinatorEpoch: COORDINATOR_EPOCH };
  for (const [i, place] of partitions.entries()) {
    if (i > 0 && i % MARKERS_PER_TURN === 0) yield;
    if (place[0] !== OFFSETS_TOPIC) writeMarker(place, { marker, version }, participants);
  }
  if (partitions.some(([topic]) => topic === OFFSETS_TOPIC))
    participants.pendingOffsets.end(producerId, committed);
}

/** A partition that was deleted has nothing to end, and one that has a later epoch has ended already. */
const writeMarker = (
  [topic, index]: Place,
  { marker, version }: { marker: Marker; version: number },
  { topics, now }: Participants,
): void => {
  try {
    topics.get(topic)?.partitions[index]?.endTransaction(marker, now(), version);
  } catch (error) {
    if (!(error instanceof KafkaError) || error.code !== ErrorCode.INVALID_PRODUCER_EPOCH) throw error;
  }
};
