import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const msx = fileURLToPath(new URL('../bin/run.js', import.meta.url));

/**
 * The `globalSetup` of Jest: builds what is stale before each run, and before each round of a watch. The processes
 * that tests start then match the sources, and a failed build fails the run.
 */
export default ({ rootDir }) => buildIn(rootDir);

/** @param services all of the system in the folder when none is named */
export function buildIn(folder, services = []) {
  try {
    execFileSync(process.execPath, [msx, 'build', ...services], {
      cwd: folder,
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
    });
  } catch (error) {
    throw new Error(`the tests were not run: msx build failed\n${error.stderr ?? error.message}`, {
      cause: error,
    });
  }
}
