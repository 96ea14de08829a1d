import { gitIn } from '../git/git.fixture.js';
import type { ShopCopy } from '../../shop-copy.fixture.js';

/** Creates a repository in the copy, with its current content as the first commit on main. */
export function commitAsMain(shop: ShopCopy): void {
  gitIn(shop.root, 'init', '--quiet', '--initial-branch=main');
  shop.write('.gitignore', 'node_modules\n.msx\n');
  commit(shop, 'the shop');
}

export function commit(shop: ShopCopy, subject: string): void {
  gitIn(shop.root, 'add', '--all');
  gitIn(shop.root, 'commit', '--quiet', '-m', subject);
}
