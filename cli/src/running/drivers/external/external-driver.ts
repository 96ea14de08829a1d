import type { Driver, Report } from '../../engine/driver.js';
import type { Spec } from '../../engine/spec.js';

/** Runs nothing: the resource is managed elsewhere, and only probed. */
export class ExternalDriver implements Driver {
  constructor(private readonly report: Report) {}

  start(_spec: Spec): void {}

  stop(name: string): void {
    this.report({ kind: 'exited', name, exit: { code: null, signal: null } });
  }

  kill(_name: string): void {}
}
