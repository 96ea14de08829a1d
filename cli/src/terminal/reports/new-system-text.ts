import { relative } from 'node:path';
import { shellQuoted } from '../text/shell-quoted.js';
import type { NewSystem } from '../../code/scaffold/new-system.js';
import type { SystemRequest } from '../../code/scaffold/system-request.js';

/** The created system, and the commands to run next. */
export function newSystemText(
  { name, folder, services, installed, repository }: NewSystem,
  { database }: SystemRequest,
): string {
  return [
    `Created ${name} with ${services.join(', ')}.`,
    ...(repository === 'uncommitted' ? ['Nothing is committed yet: no author is configured in git.'] : []),
    '',
    `  cd ${shellQuoted(relative(process.cwd(), folder) || '.')}`,
    ...(installed ? [] : ['  npm ci']),
    ...(database === 'postgres' ? ['  docker compose up -d postgres databases'] : []),
    '  npx msx dev start',
  ].join('\n');
}
