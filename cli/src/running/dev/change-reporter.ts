import { clockText, exitText } from '../engine/explain.js';
import { safeLines } from '../../terminal/text/safe-lines.js';
import { modelText } from './model-text.js';
import { startedInMs } from './report.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

/** Describes changes of the processes and builds of a run, from one snapshot to the next. */
export class ChangeReporter {
  #before = new Map<string, ResourceView>();
  #model: string | undefined;
  /** Builds whose latest outcome is a failure. */
  readonly #failed = new Set<string>();

  changesIn({ resources, model }: Snapshot): string[] {
    const modelChanges = this.#modelChanges(model);
    const changes = resources.flatMap((view) => this.#changeOf(view, this.#before.get(view.name)) ?? []);
    this.#before = new Map(resources.map((view) => [view.name, view]));
    return [...modelChanges, ...changes];
  }

  #modelChanges(model: Snapshot['model']): string[] {
    const text = modelText(model);
    const before = this.#model;
    this.#model = text;
    return text !== undefined && text !== before ? [text] : [];
  }

  #changeOf(view: ResourceView, before: ResourceView | undefined): string | undefined {
    if (view.kind === 'task') return this.#taskChange(view, before);
    const { name, phase, exit } = view;
    if (!before) return undefined;
    if (phase === 'exited' && before.phase !== 'exited' && exit?.code !== 0)
      return `${name} exited: ${exitText(exit)}`;
    if (phase === 'stopping' && before.phase !== 'stopping' && view.restarts > before.restarts)
      return `${name} has not answered since ${clockText(before.silentSince ?? before.since)}: restarting it`;
    if (view.startedAt !== undefined && before.startedAt === undefined)
      return `${name} started in ${(startedInMs(view)! / 1_000).toFixed(1)} s`;
    return undefined;
  }

  #taskChange(view: ResourceView, before: ResourceView | undefined): string | undefined {
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
