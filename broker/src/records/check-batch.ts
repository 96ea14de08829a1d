import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { BATCH_HEADER, RecordBatch, sizeOf } from './record-batch.js';

const MAGIC_AT = 16;
const HIGHEST_COMPRESSION = 4;

const refuse = (code: ErrorCode, why: string): never => {
  throw new KafkaError(code, why);
};

/**
 * The one batch that a Produce request has for a partition. Throws what the producer must be told of bytes that
 * are no batch, of another format, damaged, or not a producer's to write.
 */
export const checkBatch = (records: Buffer | null, maxBytes: number): RecordBatch => {
  if (!records || records.length <= MAGIC_AT)
    return refuse(ErrorCode.INVALID_RECORD, 'there is no record batch');
  const magic = records.readInt8(MAGIC_AT);
  if (magic !== 2)
    refuse(
      ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
      `message format ${magic}; only record batches (2) are taken`,
    );
  if (
    records.length < BATCH_HEADER ||
    sizeOf(records, 0) > records.length ||
    sizeOf(records, 0) < BATCH_HEADER
  )
    refuse(ErrorCode.CORRUPT_MESSAGE, 'the batch is not as long as it says');
  const batch = new RecordBatch(records);
  if (sizeOf(records, 0) < records.length)
    refuse(ErrorCode.INVALID_RECORD, 'there is more than one record batch');
  if (records.length > maxBytes)
    refuse(ErrorCode.MESSAGE_TOO_LARGE, `${records.length} bytes; max.message.bytes is ${maxBytes}`);
  if (!batch.isIntact()) refuse(ErrorCode.CORRUPT_MESSAGE, 'the checksum does not hold');
  checkContent(batch);
  return batch;
};

const checkContent = (batch: RecordBatch): void => {
  if (batch.count < 1 || batch.count !== batch.lastOffsetDelta + 1)
    refuse(
      ErrorCode.INVALID_RECORD,
      `${batch.count} records with a last offset delta of ${batch.lastOffsetDelta}`,
    );
  if (batch.isControl) refuse(ErrorCode.INVALID_RECORD, 'control batches are the broker’s to write');
  if (batch.isTransactional) refuse(ErrorCode.INVALID_TXN_STATE, 'there is no such transaction');
  if (batch.compression > HIGHEST_COMPRESSION)
    refuse(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, `compression ${batch.compression} is not known`);
  if (batch.producerId >= 0 && (batch.baseSequence < 0 || batch.producerEpoch < 0))
    refuse(ErrorCode.INVALID_RECORD, 'an idempotent producer gives its epoch and a sequence');
};
