import { join } from 'node:path';
import { build } from 'esbuild';

/** The default export of a TypeScript module, passed as text that imports from cli/src. */
export async function bundled(contents) {
  const resolveDir = join(import.meta.dirname, '../src');
  const options = { bundle: true, write: false, format: 'esm', platform: 'node' };
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir } });
  const code = Buffer.from(outputFiles[0].contents).toString('base64');
  return (await import(`data:text/javascript;base64,${code}`)).default;
}
