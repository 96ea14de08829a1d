import { describe, expect, it } from '@jest/globals';
import { affectedFiles } from './affected-files.js';

const sources = new Map([
  ['a/src/app.module.ts', "import { X } from './x/x.js';"],
  ['a/src/main.ts', "import { AppModule } from './app.module.js';\nstart(AppModule);"],
  ['a/src/x/x.ts', "import type { Y } from '../y.js';"],
  ['a/src/x/x.test.ts', "const { X } = await import('./x.js');"],
  ['a/src/y.ts', 'export type Y = 1;'],
]);

describe('the files that a change can break', () => {
  it('are the changed files and those that import one', () => {
    const of = (...changed: string[]) => [...affectedFiles(new Set(changed), sources, false)];
    expect(of('a/src/app.module.ts')).toEqual(['a/src/app.module.ts', 'a/src/main.ts']);
    expect(of('a/src/x/x.ts')).toEqual(['a/src/app.module.ts', 'a/src/x/x.ts', 'a/src/x/x.test.ts']);
    expect(of('msx.yaml')).toEqual([]);
  });

  it('are all when an existing contract changes', () => {
    expect([...affectedFiles(new Set(), sources, true)]).toEqual([...sources.keys()]);
  });
});
