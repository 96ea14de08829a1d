import { readFileSync } from 'node:fs';

/** The version of the package that this file was built into. */
export const readVersion = (): string => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
};
