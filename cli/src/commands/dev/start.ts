import * as Flags from '@oclif/core/flags';
import { InterruptedStart } from '../../running/dev/interrupted-start.js';
import { inspectorText, inspectorsOf } from '../../running/dev/inspectors-of.js';
import { resourceNames } from '../../running/dev/specs-of.js';
import { prepareRun } from '../../running/dev/prepare-run.js';
import { startFreeingPorts } from '../../running/dev/start-freeing-ports.js';
import { startReport } from '../../running/dev/start-report.js';
import { stayAttached } from '../../running/dev/stay-attached.js';
import { logFiles } from '../../inspection/logs/log-files.js';
import { endOfLogs } from '../../inspection/logs/read-logs.js';
import { confirmTermination } from '../../terminal/questions/confirm-termination.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import { startProgress } from '../../terminal/progress/start-progress.js';
import { joinedTexts, preparationNotes, startText } from '../../terminal/reports/dev-started.js';
import { timeoutFlag } from '../../terminal/flags/duration-flag.js';
import { readerGone } from '../../terminal/process/guard-output.js';
import { interruptSignal } from '../../terminal/process/interrupt-signal.js';
import { entryFormat } from '../../terminal/logs/log-printer.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';
import { stoppedText } from '../../terminal/reports/stopped-text.js';
import type { Attachment } from '../../running/dev/attach.js';
import type { System } from '../../model/system/system.js';

export default class DevStart extends MsxCommand {
  static override summary = 'Build stale services, start the system and wait until everything has started.';
  static override description =
    'Running services keep running, unless their sources have changed: then they are rebuilt and restarted. A running system ' +
    'keeps its mode (--env, --broker, --tls, --isolated); only --watch and --inspect can be added to it. The system keeps running when ' +
    'the command ends: see msx dev status, and stop it with msx dev stop.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --attach --watch',
    '<%= config.bin %> <%= command.id %> --inspect user-service',
    '<%= config.bin %> <%= command.id %> --isolated',
    '<%= config.bin %> <%= command.id %> --except api-gateway --timeout 2m',
  ];
  static override args = serviceNames('services to start, with everything they need and call (default: all)');
  static override flags = {
    attach: Flags.boolean({
      char: 'a',
      description: 'stay attached: show all logs, and stop the system on Ctrl-C',
    }),
    watch: Flags.boolean({
      char: 'w',
      description: 'rebuild and restart the services that an edit affects; also works for a running system',
    }),
    inspect: Flags.boolean({
      description: 'let a debugger attach to the named services (default: all), and print the addresses',
    }),
    except: Flags.string({
      multiple: true,
      delimiter: ',',
      helpValue: 'SERVICE',
      description: 'service not to start; separate several with commas',
    }),
    'free-ports': Flags.boolean({
      description: 'terminate foreign processes that hold a port of the system',
    }),
    isolated: Flags.boolean({
      allowNo: true,
      description:
        'run beside other copies of the system: on free ports, which commands in this folder find by themselves (default: ' +
        'MSX_ISOLATED, isolated in msx.local.yaml, or the running system)',
    }),
    tls: Flags.boolean({ description: 'use mutual TLS between services; see msx certs dev' }),
    timeout: timeoutFlag('60s'),
    broker: Flags.option({
      options: ['embedded', 'kafka', 'external'] as const,
      description:
        "embedded: msx's own broker; kafka: Apache Kafka in Docker; external: a broker that is already running, at KAFKA_BROKERS or the address in msx.yaml (default: broker.mode in msx.yaml, or the broker of the running system)",
    })(),
    env: Flags.option({
      options: ['development', 'production'] as const,
      description:
        'NODE_ENV of the services; for production, msx adds the settings needed to run on this machine (default: development, ' +
        'or the mode of the running system)',
    })(),
  };

  async run() {
    const { argv, flags } = await this.parse(DevStart);
    const declared = await this.loadSystem();
    const note = (text: string) => this.jsonEnabled() || this.log(text);
    const options = { ...flags, names: argv as string[] };
    const { mode, model, before, request } = await prepareRun(declared, options, preparationNotes(note));
    const start = new InterruptedStart(model.root, before === undefined);
    const signal = interruptSignal({ notice: start.text, force: () => start.kill() });
    const logs = flags.attach ? endOfLogs(logFiles(model, [])) : [];
    const progress = await startProgress({ silent: this.jsonEnabled() });
    const startOptions = {
      root: model.root,
      request,
      timeoutMs: flags.timeout,
      interrupted: signal,
      onSnapshot: progress.show,
      onAdded: (added: string[]) => start.stopOnly(added, resourceNames(model)),
    };
    const mayEnd = flags['free-ports'] ? async () => true : confirmTermination;
    const started = await progress.until(startFreeingPorts(startOptions, mayEnd));
    const report = startReport(started);
    this.log(startText(report, { ...started, mode }, coloursOf(process.stdout)));
    for (const text of joinedTexts(mode, before)) this.log(text);
    const inspectors = await inspectorsOf(report.processes);
    for (const inspector of inspectors) this.log(inspectorText(inspector));
    if (flags.attach) {
      start.stopAll(report.processes.map(({ name }) => name));
      await this.#stay(model, logs, signal);
    }
    return { ...report, inspectors };
  }

  async #stay(system: System, from: Attachment['from'], signal: AbortSignal): Promise<void> {
    const colours = coloursOf(process.stdout);
    const format = entryFormat({ services: resourceNames(system) });
    this.log(colours.dim('Ctrl-C stops the system.'));
    const ended = await stayAttached({
      root: system.root,
      from,
      signal: AbortSignal.any([signal, readerGone()]),
      print: (entry) => this.logData(format(entry)),
      say: (text) => this.log(colours.cyan(`msx  ${text}`)),
    });
    if (ended) this.logToStderr(stoppedText(ended.stopped, ended.tookMs));
  }
}
