import { NotForProduction } from './options.js';
import { DirectoryLocked } from './storage/directory-lock.js';
import { StorageError } from './storage/storage-error.js';

type Reason = [msg: string, details: { code: string; err?: string }];

/** Why the broker cannot start: a message for people and a code for programs. */
export const explain = (error: Error): Reason => {
  const { code = '', path, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return [`port ${port} is in use`, { code: 'PORT_IN_USE' }];
  if (error instanceof DirectoryLocked) return [error.message, { code: 'DATA_LOCKED' }];
  if (error instanceof NotForProduction) return [error.message, { code: 'INSECURE_PRODUCTION' }];
  if (error instanceof StorageError) return [error.message, { code: 'DATA_UNUSABLE' }];
  if (path !== undefined)
    return [`the data directory cannot be used: ${error.message}`, { code: 'DATA_UNUSABLE' }];
  if (error.name === 'InvalidOptions' || code.startsWith('ERR_PARSE_ARGS'))
    return [error.message, { code: 'CONFIG_INVALID' }];
  return [error.message, { code: 'UNKNOWN', err: error.stack }];
};
