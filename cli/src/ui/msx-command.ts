import { Command } from '@oclif/core/command';
import { findRoot } from '../system/find-root.js';
import { fold } from './fold.js';
import { errorOfOclif, errorOfParsing } from './oclif-errors.js';
import { columnsOf } from './screen.js';
import { printError } from './print-error.js';
import type { System } from '../system/system.js';

/** What all commands have in common: `--json`, the system they are run in, and how they fail. */
export abstract class MsxCommand extends Command {
  static override enableJsonFlag = true;

  /** The folder of the system that msx is run in. Throws NO_SYSTEM. */
  protected root(): string {
    return findRoot(process.cwd());
  }

  /**
   * The system that msx is run in. Throws NO_SYSTEM and CONFIG_INVALID. Loading YAML takes some 40 ms of CPU,
   * which a command that only asks the engine can do without.
   */
  protected async loadSystem(): Promise<System> {
    const { loadSystem } = await import('../system/load-system.js');
    return loadSystem(this.root());
  }

  /** Says on the terminal what is waited for, when it takes a while; nothing for scripts. */
  protected async during<T>(what: string, work: Promise<T>): Promise<T> {
    if (this.jsonEnabled()) return work;
    // What fails while the import is under way is told below, not to the process.
    work.catch(() => undefined);
    const { during } = await import('./during.js');
    return during(what, work);
  }

  protected override async catch(thrown: unknown): Promise<void> {
    const failure = this.parsed ? thrown : errorOfParsing(thrown, this.ctor.args);
    const error = errorOfOclif(failure, this.id?.replaceAll(':', ' '));
    if (error) printError(error, { json: this.jsonEnabled() });
  }

  /** Prints what msx says: on a screen no line of it is broken within a word. */
  override log(text = ''): void {
    super.log(fold(text, columnsOf(process.stdout)));
  }

  /** Prints what is to be copied or was written by somebody else, such as JSON, a diff or a log: as it is. */
  protected logData(text: string): void {
    super.log(text);
  }

  /** What scripts read is plain, whatever it is written to. */
  override logJson(json: unknown): void {
    process.stdout.write(JSON.stringify(json, null, 2) + '\n');
  }
}
