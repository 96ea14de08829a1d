import { exitText } from '../engine/explain.js';
import { safeLines } from '../terminal/safe-lines.js';
import { startedInMs } from './report.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

/** What has happened to the processes and builds of a run, in sentences, from one snapshot to the next. */
export class News {
  #before = new Map<string, ResourceView>();
  /** Builds whose latest outcome is a failure. */
  readonly #failed = new Set<string>();

  of({ resources }: Snapshot): string[] {
    const news = resources.flatMap((view) => this.#newsOf(view, this.#before.get(view.name)) ?? []);
    this.#before = new Map(resources.map((view) => [view.name, view]));
    return news;
  }

  #newsOf(view: ResourceView, before: ResourceView | undefined): string | undefined {
    if (view.kind === 'task') return this.#newsOfTask(view, before);
    const { name, phase, exit } = view;
    if (!before) return undefined;
    if (phase === 'exited' && before.phase !== 'exited' && exit?.code !== 0)
      return `${name} ended: ${exitText(exit)}`;
    if (view.startedAt !== undefined && before.startedAt === undefined)
      return `${name} started in ${(startedInMs(view)! / 1_000).toFixed(1)} s`;
    return undefined;
  }

  #newsOfTask(view: ResourceView, before: ResourceView | undefined): string | undefined {
    const { name, phase, exit } = view;
    if (phase === 'exited' && exit?.code !== 0) {
      this.#failed.add(name);
      if (!before || before.phase === 'exited') return undefined;
      const lines = (exit?.lastLines ?? []).flatMap((line) => safeLines(line, { colours: false }));
      return [`${name} failed: ${exitText(exit)}`, ...lines].join('\n');
    }
    if (view.completed !== view.target || !this.#failed.delete(name)) return undefined;
    return `${name.replace(/^build:/, '')} builds again`;
  }
}
