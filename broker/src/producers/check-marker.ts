import type { Marker } from '../records/control-batch.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import type { ProducerEntry } from './sequence.js';

/**
 * Throws if the marker is from a fenced coordinator, or late. Since transaction.version 2 every transaction ends with a
 * higher epoch than its records have (KIP-890), so that only the repetition of a marker may have the same epoch.
 */
export const checkMarker = (
  entry: ProducerEntry | undefined,
  { epoch, coordinatorEpoch }: Marker,
  transactionVersion: number,
): void => {
  if (!entry) return;
  const isLate =
    transactionVersion >= 2 && entry.openSince !== null ? epoch <= entry.epoch : epoch < entry.epoch;
  if (isLate)
    throw new KafkaError(ErrorCode.INVALID_PRODUCER_EPOCH, `epoch ${epoch} was replaced by ${entry.epoch}`);
  if (coordinatorEpoch < entry.coordinatorEpoch)
    throw new KafkaError(
      ErrorCode.TRANSACTION_COORDINATOR_FENCED,
      `coordinator epoch ${coordinatorEpoch} was replaced by ${entry.coordinatorEpoch}`,
    );
};
