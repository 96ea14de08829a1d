import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * Static service definitions and clients of grpc-js, and an interface with promises for controllers.
 * Timestamps are Date, int64 is number. `nestJs=true` is left out: what it emits for Timestamps imports
 * protobufjs in a way that an ES module cannot.
 */
export const generatorOptions: readonly string[] = [
  'outputServices=default',
  'outputServices=grpc-js',
  'lowerCaseServiceMethods=true',
  'esModuleInterop=true',
  'importSuffix=.js',
  'forceLong=number',
  'useOptionals=none',
  'useDate=true',
  'env=node',
  'exportCommonSymbols=false',
  'unrecognizedEnum=false',
];

/** A buf.gen.yaml, as JSON, that writes the stubs of all files into a folder. */
export function generatorTemplate(out: string): string {
  const program = require.resolve('ts-proto/protoc-gen-ts_proto');
  return JSON.stringify({
    version: 'v2',
    plugins: [{ local: [process.execPath, program], out, opt: generatorOptions }],
  });
}
