import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version in the package.json of a service, which is in its working directory; undefined without one. */
export function serviceVersion(service: string, folder = process.cwd()): string | undefined {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name?: unknown;
      version?: unknown;
    };
    return name === service && typeof version === 'string' ? version.slice(0, 100) : undefined;
  } catch {
    return undefined;
  }
}
