import { MsxError } from '../../terminal/errors/msx-error.js';
import { describeChange } from './describe-change.js';
import type { DatabaseDifference } from '../../inspection/database/service-database.js';

/** The error that lists what the entities need and no migration makes. */
export function migrationsMissing(
  differences: readonly DatabaseDifference[],
): MsxError<'MIGRATIONS_MISSING'> {
  const missing = differences.flatMap(({ service, changes }) =>
    changes.map((change) => `${service} ${describeChange(change)}`),
  );
  return new MsxError('MIGRATIONS_MISSING', { missing });
}
