import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { BATCH_HEADER_BYTES, RecordBatch, sizeOf } from './record-batch.js';

const MAGIC_OFFSET = 16;
const HIGHEST_COMPRESSION = 4;

const refuse = (code: ErrorCode, why: string): never => {
  throw new KafkaError(code, why);
};

/**
 * The single batch of a Produce request for a partition. Throws the error for the producer if the bytes are not a
 * batch, have another format, are corrupt, or may not be written by a producer.
 */
export const checkBatch = (records: Buffer | null, maxBytes: number): RecordBatch => {
  if (!records || records.length <= MAGIC_OFFSET)
    return refuse(ErrorCode.INVALID_RECORD, 'the record batch is missing');
  const magic = records.readInt8(MAGIC_OFFSET);
  if (magic !== 2)
    refuse(
      ErrorCode.UNSUPPORTED_FOR_MESSAGE_FORMAT,
      `message format ${magic}; only record batches (2) are supported`,
    );
  if (
    records.length < BATCH_HEADER_BYTES ||
    sizeOf(records, 0) > records.length ||
    sizeOf(records, 0) < BATCH_HEADER_BYTES
  )
    refuse(ErrorCode.CORRUPT_MESSAGE, 'the length of the batch does not match its header');
  const batch = new RecordBatch(records);
  if (sizeOf(records, 0) < records.length)
    refuse(ErrorCode.INVALID_RECORD, 'more than one record batch was sent');
  if (records.length > maxBytes)
    refuse(ErrorCode.MESSAGE_TOO_LARGE, `${records.length} bytes; max.message.bytes is ${maxBytes}`);
  if (!batch.isIntact()) refuse(ErrorCode.CORRUPT_MESSAGE, 'the checksum does not match');
  checkContent(batch);
  return batch;
};

const checkContent = (batch: RecordBatch): void => {
  if (batch.count < 1 || batch.count !== batch.lastOffsetDelta + 1)
    refuse(
      ErrorCode.INVALID_RECORD,
      `${batch.count} records with a last offset delta of ${batch.lastOffsetDelta}`,
    );
  if (batch.isControl) refuse(ErrorCode.INVALID_RECORD, 'only the broker may write control batches');
  if (batch.compression > HIGHEST_COMPRESSION)
    refuse(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE, `compression ${batch.compression} is unknown`);
  if (batch.producerId >= 0 && (batch.baseSequence < 0 || batch.producerEpoch < 0))
    refuse(ErrorCode.INVALID_RECORD, 'an idempotent producer must send its epoch and a sequence');
};
