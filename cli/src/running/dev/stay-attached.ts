import { attach } from './attach.js';
import { stopWhole } from './stop-moved.js';
import type { Attachment } from './attach.js';

/**
 * Shows logs and changes until the signal, and then stops the system, unless it has ended before. @returns what was
 * stopped. Throws STOP_INCOMPLETE.
 */
export async function stayAttached(
  attachment: Attachment,
): Promise<{ stopped: string[]; tookMs: number } | undefined> {
  await attach(attachment);
  if (!attachment.signal.aborted) return undefined;
  const began = Date.now();
  const stopped = await stopWhole(attachment.root);
  return { stopped, tookMs: Date.now() - began };
}
