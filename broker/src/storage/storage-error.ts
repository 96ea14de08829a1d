import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** A disk operation failed. The current write is not acknowledged, and earlier writes are not affected. */
export class StorageError extends KafkaError {
  override name = 'StorageError';

  constructor(
    readonly path: string,
    override readonly cause: Error,
  ) {
    super(ErrorCode.KAFKA_STORAGE_ERROR, `${path}: ${cause.message}`);
  }
}

/** Runs a file operation, and wraps its errors in {@link StorageError}. */
export const onDisk = <T>(path: string, operation: () => T): T => {
  try {
    return operation();
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageError(path, error as Error);
  }
};
