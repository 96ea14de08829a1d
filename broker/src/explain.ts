import { NotForProduction } from './options.js';
import { DataTooNew } from './storage/data-format.js';
import { DirectoryLocked } from './storage/directory-lock.js';
import { StorageError } from './storage/storage-error.js';
import { KafkaError } from './wire/error-code.js';

type Reason = [msg: string, details: { code: string; err?: string }];

/** Why the broker cannot start: a message for people and a code for programs. */
export const explain = (error: Error): Reason => {
  const { code = '', path, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return [`port ${port} is in use`, { code: 'PORT_IN_USE' }];
  if (error instanceof DirectoryLocked) return [error.message, { code: 'DATA_LOCKED' }];
  if (error instanceof DataTooNew) return [error.message, { code: 'DATA_TOO_NEW' }];
  if (error instanceof NotForProduction) return [error.message, { code: 'INSECURE_PRODUCTION' }];
  if (error instanceof StorageError) return [error.message, { code: 'DATA_UNUSABLE' }];
  if (error instanceof KafkaError) return [error.message, { code: 'CONFIG_INVALID' }];
  if (path !== undefined)
    return [`the data directory cannot be used: ${error.message}`, { code: 'DATA_UNUSABLE' }];
  if (error.name === 'InvalidOptions' || code.startsWith('ERR_PARSE_ARGS'))
    return [error.message, { code: 'CONFIG_INVALID' }];
  return [error.message, { code: 'UNKNOWN', err: error.stack }];
};
