import type { Usage } from '../../engine/driver.js';
import type { ContainerStats } from './engine-api/answers.js';
import type { Container } from './engine-api/container.js';

type CpuStats = ContainerStats['cpu_stats'];

/** Measures the usage of a container with the Docker Engine; CPU load since the previous call. */
export class ContainerMeter {
  #before: CpuStats | undefined;

  constructor(private readonly container: Container) {}

  /** @returns undefined if it has just exited, or the Docker Engine does not answer */
  async usage(): Promise<Usage | undefined> {
    try {
      const stats = await this.container.stats();
      const usage = usageFrom(stats, this.#before);
      this.#before = stats.cpu_stats;
      return usage;
    } catch {
      return undefined;
    }
  }
}

/** Like `docker stats`: without the page cache, and in units of one processor. */
export function usageFrom({ memory_stats, cpu_stats }: ContainerStats, before: CpuStats | undefined): Usage {
  const memory = Math.max(0, memory_stats.usage - (memory_stats.stats?.inactive_file ?? 0));
  if (!before) return { memory };
  const used = cpu_stats.cpu_usage.total_usage - before.cpu_usage.total_usage;
  const passed = cpu_stats.system_cpu_usage - before.system_cpu_usage;
  return { memory, cpu: passed > 0 ? (Math.max(0, used) / passed) * cpu_stats.online_cpus : 0 };
}
