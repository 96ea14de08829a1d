import { MsxError } from '../errors/msx-error.js';

/** What git answers in a folder, or undefined when it refuses. Throws TOOL_MISSING when there is no git. */
export async function git(
  folder: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string | undefined> {
  const { execa } = await import('execa');
  const { exitCode, stdout, failed, shortMessage } = await execa('git', args, {
    cwd: folder,
    env,
    reject: false,
    stdin: 'ignore',
  });
  if (failed && exitCode === undefined)
    throw new MsxError('TOOL_MISSING', { tool: 'git', reason: shortMessage });
  return exitCode === 0 ? stdout : undefined;
}
