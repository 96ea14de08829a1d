import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { shellQuoted } from './shell-quoted.js';

describe('a path in a command line to copy', () => {
  it.each(['shop', 'my shops/shop', "o'hara", '-n', '$HOME', '`id`', 'a\nb', '*', '~', 'größe', '"'])(
    'is one word to a shell: %j',
    (path) => {
      const printed = execFileSync('sh', ['-c', `printf %s ${shellQuoted(path)}`], { encoding: 'utf8' });
      expect(printed).toBe(path.startsWith('-') ? `./${path}` : path);
    },
  );

  it('is unchanged if nothing needs quotes', () => {
    expect(shellQuoted('../shops/my-shop_2')).toBe('../shops/my-shop_2');
  });
});
