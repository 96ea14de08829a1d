import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The file to start of a built service: its bundle, if `msx build` made one of what is in dist, since that starts several
 * times faster. Coverage is of the files in dist.
 * @param main the dist/main.js of the service
 */
export function serviceProgram(main: URL, environment: NodeJS.ProcessEnv = process.env): string {
  const [bundle, stamp] = ['.bundle/main.mjs', '.stamp'].map((path) => fileURLToPath(new URL(path, main)));
  const { MSX_BUNDLE, NODE_V8_COVERAGE } = environment;
  const isAllowed = MSX_BUNDLE !== 'off' && NODE_V8_COVERAGE === undefined;
  const isBundled = existsSync(bundle!) && existsSync(stamp!) && madeAt(bundle!) >= madeAt(stamp!);
  return isAllowed && isBundled ? bundle! : fileURLToPath(main);
}

const madeAt = (file: string): number => statSync(file).mtimeMs;
