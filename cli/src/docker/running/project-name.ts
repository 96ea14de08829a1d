import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * What compose calls the containers of a folder: the same for msx as for whoever runs compose there by hand, so that
 * either can go on with what the other began.
 */
export function projectName(root: string, environment: NodeJS.ProcessEnv): string {
  const given = environment['COMPOSE_PROJECT_NAME'] || fromDotEnv(root);
  const name = (given || basename(root)).toLowerCase().replace(/[^-_a-z0-9]/g, '');
  return name.replace(/^[-_]+/, '') || 'default';
}

function fromDotEnv(root: string): string | undefined {
  const file = join(root, '.env');
  if (!existsSync(file)) return undefined;
  return /^COMPOSE_PROJECT_NAME=["']?([^"'\r\n]+)/m.exec(readFileSync(file, 'utf8'))?.[1]?.trim();
}
