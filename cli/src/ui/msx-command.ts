import { Command } from '@oclif/core/command';
import { findRoot, loadSystem } from '../system/load-system.js';
import { errorOfOclif } from './oclif-errors.js';
import { printError } from './print-error.js';
import type { System } from '../system/system.js';

/** What all commands have in common: `--json`, the system they are run in, and how they fail. */
export abstract class MsxCommand extends Command {
  static override enableJsonFlag = true;

  /** The system of the current folder. Throws NO_SYSTEM and CONFIG_INVALID. */
  protected loadSystem(): System {
    return loadSystem(findRoot(process.cwd()));
  }

  protected override async catch(thrown: unknown): Promise<void> {
    const error = errorOfOclif(thrown);
    if (error) printError(error, { json: this.jsonEnabled() });
  }

  /** What scripts read is plain, whatever it is written to. */
  override logJson(json: unknown): void {
    process.stdout.write(JSON.stringify(json, null, 2) + '\n');
  }
}
