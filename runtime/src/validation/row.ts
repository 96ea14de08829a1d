import { MAX_LIMIT } from './page.js';
import { Validation } from './validation.js';

/** The largest size of one row of a response, in bytes: an entity with all its fields. */
export const MAX_ROW_BYTES = 160 * 1024;

/** The overhead for each row in a response, in bytes: its cursor and framing. */
const ROW_OVERHEAD_BYTES = 4 * 1024;

/** The largest message between services, in bytes: the largest page of the largest rows. */
export const MAX_MESSAGE_BYTES = MAX_LIMIT * (MAX_ROW_BYTES + ROW_OVERHEAD_BYTES);

/**
 * Limits the size of a row, measured as JSON, which is never smaller than the encoded message.
 * @throws DomainError VALIDATION_FAILED about the largest field
 */
export function checkRow(row: object): void {
  const size = Buffer.byteLength(JSON.stringify(row));
  if (size <= MAX_ROW_BYTES) return;
  const [largest] = Object.entries(row)
    .map(([name, value]) => ({ name, length: JSON.stringify(value)?.length ?? 0 }))
    .sort((a, b) => b.length - a.length);
  const message = `makes this ${size} bytes large; all fields together may have ${MAX_ROW_BYTES}`;
  new Validation().check(false, largest!.name, message).done();
}
