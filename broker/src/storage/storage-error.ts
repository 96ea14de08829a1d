import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** The disk said no. Whatever was being written is not acknowledged, and what was written before is untouched. */
export class StorageError extends KafkaError {
  override name = 'StorageError';

  constructor(
    readonly path: string,
    override readonly cause: Error,
  ) {
    super(ErrorCode.KAFKA_STORAGE_ERROR, `${path}: ${cause.message}`);
  }
}

/** Runs a file operation; whatever it throws becomes a {@link StorageError}. */
export const onDisk = <T>(path: string, operation: () => T): T => {
  try {
    return operation();
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageError(path, error as Error);
  }
};
