import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ENGINES } from '../settings/engine.js';
import type { EngineName } from '../settings/engine.js';

/** The packages of the engine `apollo`, which most systems do not use: who does, installs them. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@apollo/server': '5.5.1',
  '@as-integrations/fastify': '3.1.0',
  '@nestjs/apollo': '14.0.3',
};

const places = createRequire(import.meta.url).resolve.paths('_') ?? [];

/** The engines whose packages are installed, in one of these `node_modules`. */
export function installedEngines(searched: readonly string[] = places): EngineName[] {
  const isInstalled = (name: string) => searched.some((place) => existsSync(join(place, name)));
  return ENGINES.filter((engine) => engine !== 'apollo' || Object.keys(PACKAGES).every(isInstalled));
}

/** The command that installs the packages of `apollo`. */
export const apolloInstallation = `npm install ${Object.entries(PACKAGES)
  .map(([name, version]) => `${name}@${version}`)
  .join(' ')}`;
