import { describe, expect, it } from '@jest/globals';
import { BuildProgress } from './build-progress.js';

describe('a build', () => {
  it('by the older builder tells its step, its last lines and its image', () => {
    const progress = new BuildProgress();
    expect(progress.take({ stream: 'Step 12/20 : RUN npm ci\n' })).toBe(true);
    expect(progress.take({ stream: ' ---> Running in a1b2\n' })).toBe(false);
    progress.take({ stream: 'added 1043 packages\n' });
    progress.take({ aux: { ID: 'sha256:1' } });
    expect(progress).toMatchObject({
      step: '12/20 RUN npm ci',
      lastLines: ['added 1043 packages'],
      image: 'sha256:1',
    });
    expect(progress.error).toBeUndefined();
  });

  it('tells why it failed', () => {
    const progress = new BuildProgress();
    progress.take({
      error: 'short',
      errorDetail: { message: "The command 'npm ci' returned a non-zero code: 1" },
    });
    expect(progress.error).toContain('non-zero code: 1');
    expect(progress.image).toBeUndefined();
  });

  it('keeps the last lines only', () => {
    const progress = new BuildProgress();
    for (let n = 0; n < 40; n++) progress.take({ stream: `line ${n}\n` });
    expect(progress.lastLines).toHaveLength(15);
    expect(progress.lastLines.at(-1)).toBe('line 39');
  });
});
