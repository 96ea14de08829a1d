import type { Driver } from '../engine/driver.js';
import type { Engine } from '../engine/loop.js';
import type { Details } from '../engine/control/server.js';
import type { System } from '../system/system.js';

interface Sources {
  engine: Pick<Engine, 'snapshot' | 'outdated'>;
  /** The drivers that can tell what their runs use. */
  measured: readonly Required<Pick<Driver, 'usage'>>[];
}

/** What is worth knowing of what runs, and costs too much to find out all the time. */
export const detailsOf =
  ({ engine, measured }: Sources) =>
  async (model: unknown): Promise<Details> => {
    const [stale, ...usages] = await Promise.all([
      staleOf(engine, model as System | undefined),
      ...measured.map((driver) => driver.usage()),
    ]);
    return { stale: [...stale], usage: Object.fromEntries(usages.flatMap((each) => [...each])) };
  };

/** What runs other code than its sources would be built to, or than has been built since it began. */
async function staleOf(engine: Sources['engine'], system: System | undefined): Promise<Set<string>> {
  const running = engine.snapshot().resources.filter(({ pid, program }) => pid !== undefined && program);
  const outdated = engine.outdated();
  if (!system || running.length === 0) return new Set(outdated);
  const { staleServices } = await import('../build/stale.js');
  const services = system.services.filter(({ name }) => running.some((view) => view.name === name));
  try {
    return new Set([...outdated, ...staleServices(system, services).map(({ name }) => name)]);
  } catch (error) {
    // What goes away while it is read is being edited or built at this moment: the next answer knows.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Set(outdated);
    throw error;
  }
}
