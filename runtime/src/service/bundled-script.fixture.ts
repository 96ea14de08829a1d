import { mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

const folder = fileURLToPath(new URL('../../../node_modules/.cache/runtime-scripts', import.meta.url));

/** Those that read files of their own, or that NestJS offers to load and that are not installed. */
const external = [
  '@grpc/*',
  '@nats-io/*',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  'amqp-connection-manager',
  'mqtt',
];

/**
 * A script beside a test, with all its packages in one file, as a service is deployed. A process begins it in a third of
 * the time that it takes to find and load the files of the packages, of which there are thousands.
 */
export function bundledScript(script: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, basename(script));
  const written = `${file}.${process.pid}`;
  buildSync({
    ...{ entryPoints: [script], outfile: written, bundle: true, external },
    ...{ platform: 'node', format: 'esm', target: 'node20', keepNames: true, logLevel: 'error' },
    banner: {
      js: `import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);`,
    },
  });
  renameSync(written, file);
  return file;
}
