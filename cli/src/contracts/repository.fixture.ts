import { execFileSync } from 'node:child_process';
import type { ShopCopy } from '../shop-copy.fixture.js';

const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', '-c', 'commit.gpgsign=false'];

/** Runs git in the copy, whatever the settings of whoever runs the tests. */
export function gitIn(shop: ShopCopy, ...args: string[]): string {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  return execFileSync('git', [...author, ...args], { cwd: shop.root, env, encoding: 'utf8' });
}

/** Makes a repository of the copy, with all that it is now as the first commit of main. */
export function commitAsMain(shop: ShopCopy): void {
  gitIn(shop, 'init', '--quiet', '--initial-branch=main');
  shop.write('.gitignore', 'node_modules\n.msx\n');
  commit(shop, 'the shop');
}

export function commit(shop: ShopCopy, subject: string): void {
  gitIn(shop, 'add', '--all');
  gitIn(shop, 'commit', '--quiet', '-m', subject);
}
