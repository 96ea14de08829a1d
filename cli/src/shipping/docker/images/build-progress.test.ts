import { describe, expect, it } from '@jest/globals';
import { BuildProgress } from './build-progress.js';

describe('a build', () => {
  it('by the classic builder reports its step, its last lines and its image', () => {
    const progress = new BuildProgress();
    expect(progress.add({ stream: 'Step 12/20 : RUN npm ci\n' })).toBe(true);
    expect(progress.add({ stream: ' ---> Running in a1b2\n' })).toBe(false);
    progress.add({ stream: 'added 1043 packages\n' });
    progress.add({ aux: { ID: 'sha256:1' } });
    expect(progress).toMatchObject({
      step: '12/20 RUN npm ci',
      lastLines: ['added 1043 packages'],
      image: 'sha256:1',
    });
    expect(progress.error).toBeUndefined();
  });

  it('by BuildKit reports the same', () => {
    const field = (number: number, value: string) =>
      Buffer.concat([Buffer.from([number * 8 + 2, Buffer.byteLength(value)]), Buffer.from(value)]).toString();
    const began = field(5, '');
    const trace = (status: string) => ({
      id: 'moby.buildkit.trace',
      aux: Buffer.from(status).toString('base64'),
    });
    const progress = new BuildProgress();
    expect(progress.add(trace(field(1, field(3, '[build 1/2] COPY . .') + began)))).toBe(true);
    expect(progress.add(trace(field(1, field(3, '[internal] load metadata') + began)))).toBe(false);
    progress.add(trace(field(3, field(4, 'packed user-service\n'))));
    progress.add({ id: 'moby.image.id', aux: { ID: 'sha256:1' } });
    expect(progress).toMatchObject({
      step: '[build 1/2] COPY . .',
      lastLines: ['packed user-service'],
      image: 'sha256:1',
    });
  });

  it('reports why it failed', () => {
    const progress = new BuildProgress();
    progress.add({
      error: 'short',
      errorDetail: { message: "The command 'npm ci' returned a non-zero code: 1" },
    });
    expect(progress.error).toContain('non-zero code: 1');
    expect(progress.image).toBeUndefined();
  });

  it('keeps only the last lines', () => {
    const progress = new BuildProgress();
    for (let n = 0; n < 40; n++) progress.add({ stream: `line ${n}\n` });
    expect(progress.lastLines).toHaveLength(15);
    expect(progress.lastLines.at(-1)).toBe('line 39');
  });
});
