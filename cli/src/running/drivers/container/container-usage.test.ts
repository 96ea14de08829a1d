import { describe, expect, it } from '@jest/globals';
import { usageFrom } from './container-usage.js';

/** An answer of GET /containers/{id}/stats, with times in nanoseconds. */
const statsOf = (used: number, passed: number) =>
  ({
    memory_stats: { usage: 500e6, stats: { inactive_file: 100e6 } },
    cpu_stats: { cpu_usage: { total_usage: used }, system_cpu_usage: passed, online_cpus: 4 },
  }) as Parameters<typeof usageFrom>[0];

describe('the usage of a container', () => {
  it('is memory without the page cache, and the CPU load between two answers', () => {
    const first = statsOf(1e9, 100e9);
    expect(usageFrom(first, undefined)).toEqual({ memory: 400e6 });
    // In 8 s of CPU time of 4 processors, which is 2 s of real time, it has used 1 s: half a processor.
    expect(usageFrom(statsOf(2e9, 108e9), first.cpu_stats)).toEqual({ memory: 400e6, cpu: 0.5 });
    expect(usageFrom(first, first.cpu_stats).cpu).toBe(0);
  });
});
