import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kit } from '../kit.js';

/** Of each template what it was like before, by what it says now. */
const before: Record<string, (text: string) => string> = {
  'system/README.md': (text) => text.replace(/## Containers\n[^]*?(?=## Where)/, ''),
  'system/AGENTS.md': (text) => text.replace(/^- Run `npm test`.*\n/m, ''),
  'system/eslint.config.js': (text) => text.replace(/^ +'@typescript-eslint\/no-unused-vars'.*\n/m, ''),
  'system/jest.config.js': (text) => text.replace(/testTimeout: [\d_]+/, 'testTimeout: 7_000'),
  'system/package.json': (text) => text.replace(/^ +"test:cov".*\n/m, ''),
  'system/.prettierignore': (text) => text.replace('.msx\n', ''),
  'empty/msx.yaml': (text) => text.replace('the topics and the deployments', 'and the topics'),
  'service/README.md': (text) => text.replace('By environment variables', 'By variables of the environment'),
  'service/src/garden-gnome/garden-gnome.rules.ts': (text) => `/** By an older template. */\n\n${text}`,
};

/** A kit as an older msx had it: other texts, a file that is no more, one that is not yet, and older packages. */
export function olderKit(kit: Kit, folder: string): Kit {
  cpSync(kit.templates, folder, { recursive: true });
  for (const [file, change] of Object.entries(before)) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    if (change(text) === text) throw new Error(`${file} was no other before: mend this fixture`);
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
