import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kit } from '../kit.js';

/** Functions that turn the current text of a template into an older one. */
const before: Record<string, (text: string) => string> = {
  'system/README.md': (text) => text.replace(/## Containers\n[^]*?(?=## Where)/, ''),
  'system/AGENTS.md': (text) => text.replace(/^- Run `npm test`.*\n/m, ''),
  'system/eslint.config.js': (text) => text.replace(/^ +'@typescript-eslint\/no-unused-vars'.*\n/m, ''),
  'system/jest.config.js': (text) => text.replace(/testTimeout: [\d_]+/, 'testTimeout: 7_000'),
  'system/package.json': (text) => text.replace(/^ +"test:cov".*\n/m, ''),
  'system/.prettierignore': (text) => text.replace('.msx\n', ''),
  'empty/msx.yaml': (text) => text.replace('the topics and the deployments', 'and the topics'),
  'service/README.md': (text) => text.replace('The settings of this service;', 'Settings of this service;'),
  'service/src/garden-gnome/garden-gnome.rules.ts': (text) => `/** By an older template. */\n\n${text}`,
};

/**
 * The kit of an older msx: with other texts, a file that was removed since, without one that was added, and with older
 * packages.
 */
export function olderKit(kit: Kit, folder: string): Kit {
  cpSync(kit.templates, folder, { recursive: true });
  for (const [file, change] of Object.entries(before)) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (change(text) === text)
      throw new Error(`${file} does not differ from its older version: fix this fixture`);
    writeFileSync(path, change(text));
  }
  writeFileSync(join(folder, 'system/OLD.md'), '# Old\n');
  rmSync(join(folder, 'system/.gitattributes'));
  const vendored = kit.vendored.map((each) => ({
    ...each,
    manifest: { ...each.manifest, version: '0.0.9' },
    file: each.file.replace(/-\d.*/, '-0.0.9.tgz'),
    content: Buffer.from('an older package'),
  }));
  return { ...kit, templates: folder, vendored };
}
