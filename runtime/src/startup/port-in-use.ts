import { StartupError } from './startup-error.js';

/**
 * The StartupError for a port in use (Node sets a code, grpc-js only a message); any other error is returned as it is.
 */
export function portInUse(error: Error, address: string): Error {
  const inUse =
    (error as NodeJS.ErrnoException).code === 'EADDRINUSE' || error.message.includes('EADDRINUSE');
  return inUse ? new StartupError('PORT_IN_USE', `${address} is already in use`, { cause: error }) : error;
}
