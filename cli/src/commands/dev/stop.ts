import * as Flags from '@oclif/core/flags';
import { stoppingText } from '../../running/dev/interrupted-start.js';
import { stopEverySystem } from '../../running/dev/stop-every-system.js';
import { stopServices, stopSystem } from '../../running/dev/stop-system.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { stoppedSystemsText, stoppedText } from '../../terminal/reports/stopped-text.js';
import type { StoppedSystem } from '../../running/dev/stop-every-system.js';
import type { StopOptions } from '../../running/dev/stop-system.js';

export default class DevStop extends MsxCommand {
  static override summary = 'Stop the system, or some of its services, and free the ports.';
  static override description =
    'Safe to run at any time: it also terminates processes left behind by an engine that was killed. Services get 4 seconds ' +
    'to shut down; a second Ctrl-C kills them at once. Brokers that were started with msx broker start keep running.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service',
    '<%= config.bin %> <%= command.id %> --all',
  ];
  static override args = serviceNames('services to stop, without stopping others (default: everything)');
  static override flags = {
    all: Flags.boolean({
      description: 'stop all systems of this user on this machine, in any folder; see msx list',
    }),
  };

  async run(): Promise<{ stopped: string[] } | { systems: Omit<StoppedSystem, 'left'>[] }> {
    const { argv, flags } = await this.parse(DevStop);
    const names = argv as string[];
    if (!flags.all) return this.#stopHere(names);
    if (names.length === 0) return this.#stopAll();
    throw new MsxError('USAGE', { reason: '--all stops whole systems, not services', command: 'dev stop' });
  }

  async #stopHere(names: string[]): Promise<{ stopped: string[] }> {
    const startedAt = Date.now();
    const root = this.root();
    const stop = (options: StopOptions) =>
      names.length > 0 ? stopServices(root, names, options) : stopSystem(root, options);
    const what = names.length > 0 ? `stopping ${names.join(', ')}` : 'stopping the system';
    const { stopped, left } = await this.#stopping(what, stop);
    if (left.length > 0) throw new MsxError('STOP_INCOMPLETE', { left });
    const idle = names.length > 0 && stopped.length === 0;
    this.log(idle ? `${names.join(', ')} was not running` : stoppedText(stopped, Date.now() - startedAt));
    return { stopped };
  }

  async #stopAll(): Promise<{ systems: Omit<StoppedSystem, 'left'>[] }> {
    const startedAt = Date.now();
    const systems = await this.#stopping('stopping all systems', stopEverySystem);
    const left = systems.flatMap((system) => system.left);
    if (left.length > 0) throw new MsxError('STOP_INCOMPLETE', { left });
    this.log(stoppedSystemsText(systems, Date.now() - startedAt));
    return { systems: systems.map(({ name, folder, stopped }) => ({ name, folder, stopped })) };
  }

  /** The command stops everything anyway: the first Ctrl-C changes nothing, the second kills at once. */
  #stopping<T>(what: string, stop: (options: StopOptions) => Promise<T>): Promise<T> {
    let affected: string[] = [];
    interruptSignal({ notice: () => `still ${stoppingText(affected)}`, force: () => stop({ force: true }) });
    return this.during(
      what,
      stop({ onStopping: (running) => (affected = [...new Set([...affected, ...running])]) }),
    );
  }
}
