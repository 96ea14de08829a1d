/**
 * Copies the assets of the playground from their packages to gateway/assets, which is committed: GraphiQL's one script
 * contains all it needs, but its package depends on a hundred others.
 *   npm run playground
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const packages = join(import.meta.dirname, 'node_modules');
const assets = resolve(import.meta.dirname, '../assets');

/** The files of the page, and what they are copied from. */
const SOURCES = {
  'graphiql.css': 'graphiql/graphiql.min.css',
  'graphiql.js': 'graphiql/graphiql.min.js',
  'react-dom.js': 'react-dom/umd/react-dom.production.min.js',
  'react.js': 'react/umd/react.production.min.js',
};

/** The source maps are four times as large as the scripts. */
const SOURCE_MAP = /\n\/\/# sourceMappingURL=.*\s*$/;

rmSync(assets, { recursive: true, force: true });
mkdirSync(assets);
const copied = Object.entries(SOURCES).map(([name, source]) => {
  const text = readFileSync(join(packages, source), 'utf8').replace(SOURCE_MAP, '');
  writeFileSync(join(assets, name), text);
  const [from] = source.split('/');
  const { version } = JSON.parse(readFileSync(join(packages, from, 'package.json'), 'utf8'));
  copyFileSync(join(packages, from, 'LICENSE'), join(assets, `LICENSE.${from}`));
  return [name, { package: from, version, sha256: createHash('sha256').update(text).digest('hex') }];
});
writeFileSync(join(assets, 'assets.json'), JSON.stringify(Object.fromEntries(copied), null, 2) + '\n');
