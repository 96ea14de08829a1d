import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { LiveRegion } from './live-region.js';

describe('the echo of a Ctrl-C', () => {
  const terminals = [process.stdin, process.stderr];
  const before = terminals.map((stream) => Object.getOwnPropertyDescriptor(stream, 'isTTY'));
  const write = () => jest.spyOn(process.stderr, 'write').mockReturnValue(true);

  beforeEach(() => {
    for (const stream of terminals)
      Object.defineProperty(stream, 'isTTY', { value: true, configurable: true });
  });

  afterEach(() => {
    jest.restoreAllMocks();
    for (const [n, stream] of terminals.entries())
      Object.defineProperty(stream, 'isTTY', before[n] ?? { value: undefined, configurable: true });
  });

  it('gets a line of its own if no region covers it: without a region, and before one has lines', async () => {
    const stderr = write();
    LiveRegion.startLineAfterEcho();
    expect(stderr.mock.calls).toEqual([['\n']]);
    const region = await LiveRegion.open(process.stderr);
    stderr.mockClear();
    LiveRegion.startLineAfterEcho();
    expect(stderr.mock.calls).toEqual([['\n']]);
    region.end();
  });

  it('is covered by the lines of a region', async () => {
    const stderr = write();
    const region = await LiveRegion.open(process.stderr);
    region.draw(['orders is starting']);
    stderr.mockClear();
    LiveRegion.startLineAfterEcho();
    expect(stderr).not.toHaveBeenCalled();
    region.end();
  });
});
