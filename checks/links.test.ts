import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gitIn } from '../cli/src/code/git/git.fixture.js';

const root = join(import.meta.dirname, '..');
const pages = gitIn(root, 'ls-files', '--cached', '--others', '--exclude-standard', '*.md')
  .split('\n')
  .filter((file) => file && !file.startsWith('templates/') && existsSync(join(root, file)));
const textOf = (file: string) =>
  readFileSync(join(root, file), 'utf8').replaceAll(/^( *)```[^]*?^\1```$/gm, '');

/** The anchors that GitHub derives from the headings of a page. */
function anchorsIn(file: string): string[] {
  const headings = [...textOf(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!);
  return headings.map((heading) =>
    heading
      .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

/** The broken links of a page to files and headings of this repository. */
function brokenLinksOf(page: string): string[] {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);
  return links
    .filter((link) => !/^\w+:/.test(link))
    .flatMap((link) => {
      const [path, anchor] = link.split('#') as [string, string | undefined];
      const target = path ? join(dirname(page), decodeURI(path)) : page;
      if (!existsSync(join(root, target))) return [`${page} links to ${path}, which does not exist`];
      if (!anchor || statSync(join(root, target)).isDirectory() || !target.endsWith('.md')) return [];
      return anchorsIn(target).includes(anchor)
        ? []
        : [`${page} links to ${link}: that heading does not exist`];
    });
}

describe('the pages of this repository', () => {
  it('have no broken links', () => {
    expect(pages.length).toBeGreaterThan(60);
    expect(pages.flatMap(brokenLinksOf)).toEqual([]);
  });

  it('start at a README of at most 150 lines', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8').split('\n').length).toBeLessThanOrEqual(150);
  });
});
