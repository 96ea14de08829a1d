import { execFileSync } from 'node:child_process';
import { gitEnvironment } from './git-environment.js';

const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false'];

/**
 * Runs git in a folder, isolated from the user's settings and from the environment of a hook, in which it would
 * otherwise write to the repository of the commit.
 */
export function gitIn(folder: string, ...args: string[]): string {
  const settings = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const env = { ...gitEnvironment(process.env), ...settings };
  return execFileSync('git', ['-C', folder, ...author, ...args], { env, encoding: 'utf8', stdio: 'pipe' });
}
