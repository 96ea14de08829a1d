import type { Driver } from '../engine/driver.js';
import type { Engine } from '../engine/loop.js';
import type { Details } from '../engine/control/server.js';
import type { System } from '../../model/system/system.js';

interface Sources {
  engine: Pick<Engine, 'snapshot' | 'outdated'>;
  /** The drivers that can measure the usage of their runs. */
  measured: readonly Required<Pick<Driver, 'usage'>>[];
}

/** Collects details about what runs that are too expensive to collect all the time. */
export const detailsOf =
  ({ engine, measured }: Sources) =>
  async (model: unknown): Promise<Details> => {
    const [stale, ...usages] = await Promise.all([
      staleOf(engine, model as System | undefined),
      ...measured.map((driver) => driver.usage()),
    ]);
    return { stale: [...stale], usage: Object.fromEntries(usages.flatMap((each) => [...each])) };
  };

/** Services whose code is older than their sources, or than a build that was made since they started. */
async function staleOf(engine: Sources['engine'], system: System | undefined): Promise<Set<string>> {
  const running = engine.snapshot().resources.filter(({ pid, program }) => pid !== undefined && program);
  const outdated = [...engine.outdated().keys()];
  if (!system || running.length === 0) return new Set(outdated);
  const { staleServices } = await import('../../code/build/stale.js');
  const services = system.services.filter(({ name }) => running.some((view) => view.name === name));
  try {
    return new Set([...outdated, ...staleServices(system, services).map(({ name }) => name)]);
  } catch (error) {
    // A file that disappears during the check is being edited or built at this moment: the next check sees the result.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set(outdated);
    throw error;
  }
}
