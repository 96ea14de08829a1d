import { expect, it } from '@jest/globals';
import { parseSystem } from '../../model/system/load-system.js';
import { specsOf } from './specs-of.js';
import type { RunSettings } from './specs-of.js';

const system = parseSystem(
  'name: garden\nservices: { tool-shed: { path: tool-shed, kind: grpc, proto: [tool.proto], port: 50051 } }',
  '/garden',
  () => true,
);

const programOf = (settings: Partial<RunSettings>): string | undefined => {
  const specs = specsOf(system, { mode: 'development', broker: 'embedded', environment: {}, ...settings });
  const { run } = specs.find(({ name }) => name === 'tool-shed')!;
  return run.driver === 'process' ? run.argv.at(-1) : undefined;
};

it.each<[string, Partial<RunSettings>, string]>([
  ['its bundle', {}, 'dist/.bundle/main.mjs'],
  ['its bundle, also in production mode', { mode: 'production' }, 'dist/.bundle/main.mjs'],
  [
    'the compiled files in a debugger, which has breakpoints there',
    { inspect: ['tool-shed'] },
    'dist/main.js',
  ],
  ['the compiled files on request', { environment: { MSX_BUNDLE: 'off' } }, 'dist/main.js'],
  ['the compiled files for coverage', { environment: { NODE_V8_COVERAGE: '/tmp/c' } }, 'dist/main.js'],
])('a service runs %s', (_, settings, program) => expect(programOf(settings)).toBe(program));
