import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readText } from '../../../model/system/read-file.js';

/**
 * The project name that compose derives from a folder, so that msx and a person who runs compose by hand can each
 * continue where the other left off.
 */
export function projectName(root: string, environment: NodeJS.ProcessEnv): string {
  const configured = environment['COMPOSE_PROJECT_NAME'] || fromDotEnv(root);
  const name = (configured || basename(root)).toLowerCase().replace(/[^-_a-z0-9]/g, '');
  return name.replace(/^[-_]+/, '') || 'default';
}

function fromDotEnv(root: string): string | undefined {
  const file = join(root, '.env');
  if (!existsSync(file)) return undefined;
  return /^COMPOSE_PROJECT_NAME=["']?([^"'\r\n]+)/m.exec(readText(file))?.[1]?.trim();
}
