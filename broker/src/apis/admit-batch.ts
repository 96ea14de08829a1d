import type { RecordBatch } from '../records/record-batch.js';
import type { Partition } from '../topics/partition.js';
import { admit, type Admission } from '../transactions/admission.js';
import type { Place, Producer } from '../transactions/transaction.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import type { produce } from './00-produce.js';
import type { Context } from './handler.js';

type Request = RequestOf<typeof produce>;

interface Write {
  readonly batch: RecordBatch;
  readonly partition: Partition;
  readonly place: Place;
}

/**
 * Makes sure that a transactional batch is part of an open transaction, and throws if it is not. Returns whether it is
 * the first of its transaction in this partition.
 */
export const admitBatch = (
  { batch, partition, place }: Write,
  request: Request,
  { version, broker }: Context,
): boolean => {
  const producer = { producerId: batch.producerId, epoch: batch.producerEpoch };
  if (partition.hasOpenTransaction(producer)) return false;
  const { transactionalId } = request;
  if (transactionalId === null)
    throw new KafkaError(ErrorCode.INVALID_TXN_STATE, 'the request has no transactional id');
  const admission = admissionIn(version);
  const error =
    admission === 'add'
      ? addAll({ transactionalId, producer, place }, request, broker)
      : admit(broker.transactions, { transactionalId, producer, place, places: [place] }, admission);
  if (error !== ErrorCode.NONE)
    throw new KafkaError(error, `${place.join('-')} could not join the transaction`);
  return true;
};

/** The results of requests that are being handled, by producer: all partitions of a request are added at once. */
const added = new WeakMap<Request, Map<string, ErrorCode>>();

const addAll = (
  write: { transactionalId: string; producer: Producer; place: Place },
  request: Request,
  broker: Context['broker'],
): ErrorCode => {
  const results = added.get(request) ?? new Map<string, ErrorCode>();
  added.set(request, results);
  const name = `${write.producer.producerId}/${write.producer.epoch}`;
  const error =
    results.get(name) ?? admit(broker.transactions, { ...write, places: placesIn(request, broker) }, 'add');
  results.set(name, error);
  return error;
};

const admissionIn = (version: number): Admission =>
  version >= 12 ? 'add' : version === 11 ? 'verifyAbortable' : 'verify';

/** All partitions of a request that exist. */
const placesIn = ({ topicData }: Request, { topics }: Context['broker']): Place[] =>
  topicData.flatMap(({ name, topicId, partitionData }) => {
    const topic = topics.get(name) ?? topics.withId(topicId);
    return partitionData
      .filter(({ index }) => topic?.partitions[index])
      .map(({ index }): Place => [topic!.name, index]);
  });
