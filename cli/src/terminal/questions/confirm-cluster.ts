import { MsxError } from '../errors/msx-error.js';
import { confirm } from './confirm.js';

/** Asks for confirmation to deploy to a cluster on another machine. Throws CONTEXT_NOT_CONFIRMED. */
export async function confirmCluster(context: string): Promise<void> {
  if (await confirm(`deploying to ${context}`, `Deploy to ${context}, which is not on this machine?`)) return;
  throw new MsxError('CONTEXT_NOT_CONFIRMED', { context });
}
