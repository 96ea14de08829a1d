import { StartupError } from './startup-error.js';

/** An error of listening, in our words where the port is taken (Node says so by code, grpc-js in its message only). */
export function portInUse(error: Error, address: string): Error {
  const taken =
    (error as NodeJS.ErrnoException).code === 'EADDRINUSE' || error.message.includes('EADDRINUSE');
  return taken ? new StartupError('PORT_IN_USE', `${address} is already in use`, { cause: error }) : error;
}
