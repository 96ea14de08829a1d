import { createRequire } from 'node:module';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { didYouMean } from '../../model/system/closest.js';
import type { System } from '../../model/system/system.js';

const require = createRequire(import.meta.url);

/**
 * Static service definitions and clients for grpc-js, and a promise-based interface for controllers. Timestamps are
 * Date, int64 is number. `nestJs=true` is not set: its code for Timestamps imports protobufjs in a way that ES modules
 * do not support.
 */
const standardOptions: readonly string[] = [
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

/** The options of ts-proto: the defaults of msx, overridden by those of msx.yaml. */
export function generatorOptions({ stubOptions }: Pick<System, 'stubOptions'>): string[] {
  const overridden = new Set(stubOptions.map(nameOf));
  return [...standardOptions.filter((option) => !overridden.has(nameOf(option))), ...stubOptions];
}

const nameOf = (option: string) => option.split('=')[0]!;

/** Throws PROTO_INVALID for an option unknown to ts-proto, which would ignore it. */
export function checkOptions({ stubOptions }: Pick<System, 'stubOptions'>): void {
  if (stubOptions.length === 0) return;
  const { defaultOptions } = require('ts-proto/build/src/options') as { defaultOptions: () => object };
  const known = Object.keys(defaultOptions());
  const problems = stubOptions.flatMap((option, n) => {
    const name = nameOf(option);
    if (known.includes(name)) return [];
    return [
      { text: `msx.yaml proto.options[${n}]: ts-proto has no option "${name}"${didYouMean(name, known)}` },
    ];
  });
  if (problems.length > 0) throw new MsxError('PROTO_INVALID', { problems });
}

/** A buf.gen.yaml in JSON that generates the stubs of all files into a folder. */
export function generatorTemplate(system: System, out: string): string {
  const program = require.resolve('ts-proto/protoc-gen-ts_proto');
  return JSON.stringify({
    version: 'v2',
    plugins: [{ local: [process.execPath, program], out, opt: generatorOptions(system) }],
  });
}
