import { Command } from '@oclif/core/command';
import { msxBuild } from '../../installation.js';
import { findRoot } from '../../model/system/find-root.js';
import { rememberedSystem, rememberSystem } from '../../model/system/remembered-system.js';
import { fold } from '../screen/fold.js';
import { errorOfOclif, errorOfParsing } from '../usage/oclif-errors.js';
import { columnsOf } from '../screen/screen.js';
import { printError } from '../process/print-error.js';
import type { Interfaces } from '@oclif/core';
import type { System } from '../../model/system/system.js';

/** Base class of all commands: `--json`, the system that they run in, and error handling. */
export abstract class MsxCommand extends Command {
  static override enableJsonFlag = true;

  /** oclif would load its configuration again. */
  static override async run<T extends Command>(
    this: new (argv: string[], config: Interfaces.Config) => T,
    argv?: string[],
    config?: Interfaces.LoadOptions,
  ): Promise<ReturnType<T['run']>> {
    const command = new this(argv!, config as Interfaces.Config) as unknown as MsxCommand;
    return command._run();
  }

  /** The root folder of the system that contains the current folder. Throws NO_SYSTEM. */
  protected root(): string {
    return findRoot(process.cwd());
  }

  /**
   * The system that contains the current folder. Throws NO_SYSTEM and CONFIG_INVALID.
   */
  protected async loadSystem(): Promise<System> {
    const root = this.root();
    const build = msxBuild();
    const known = rememberedSystem(root, build);
    if (known) return known;
    const { loadSystem } = await import('../../model/system/load-system.js');
    return loadSystem(root, (loaded) => rememberSystem(root, { ...loaded, build }));
  }

  /** The same, with the ports, the broker and the logs of the running system, for commands that connect to it. */
  protected async loadRunningSystem(): Promise<System> {
    const { systemAsRunning } = await import('../../running/dev/system-as-running.js');
    return systemAsRunning(await this.loadSystem());
  }

  /** Shows what the command is waiting for, if it takes a while; nothing with `--json`. */
  protected async during<T>(what: string, work: Promise<T>): Promise<T> {
    if (this.jsonEnabled()) return work;
    // A failure during the import is reported below, not as an unhandled rejection.
    work.catch(() => undefined);
    const { during } = await import('../progress/during.js');
    return during(what, work);
  }

  protected override async catch(thrown: unknown): Promise<void> {
    const failure = this.parsed ? thrown : errorOfParsing(thrown, this.ctor.args);
    const error = errorOfOclif(failure, this.id?.replaceAll(':', ' '));
    if (error) printError(error, { json: this.jsonEnabled() });
  }

  /** Prints a message of msx; on a terminal, lines are wrapped between words. */
  override log(text = ''): void {
    super.log(fold(text, columnsOf(process.stdout)));
  }

  override logToStderr(text = ''): void {
    super.logToStderr(fold(text, columnsOf(process.stderr)));
  }

  /** Prints text unchanged that is to be copied or comes from elsewhere, such as JSON, a diff or a log. */
  protected logData(text: string): void {
    super.log(text);
  }

  /** Output for scripts has no colours, even on a terminal. */
  override logJson(json: unknown): void {
    process.stdout.write(JSON.stringify(json, null, 2) + '\n');
  }
}
