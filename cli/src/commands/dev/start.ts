import * as Flags from '@oclif/core/flags';
import { attach } from '../../dev/attach.js';
import { chooseResources } from '../../dev/choose-resources.js';
import { Ending } from '../../dev/ending.js';
import { reportOf } from '../../dev/report.js';
import { runModeFor, runningSystem } from '../../dev/run-mode.js';
import { resourceNames } from '../../dev/specs-of.js';
import { startFreeingPorts } from '../../dev/start-freeing-ports.js';
import { stopSystem } from '../../dev/stop-system.js';
import { ownEnvironment, wishOf } from '../../dev/wish-of.js';
import { logFiles } from '../../logs/log-files.js';
import { readLogs } from '../../logs/read-logs.js';
import { coloursOf } from '../../ui/colours.js';
import { confirm } from '../../ui/confirm.js';
import { startProgress } from '../../ui/dev-progress.js';
import { joinedTexts, runningText, startedTable } from '../../ui/dev-started.js';
import { timeoutFlag } from '../../ui/duration-flag.js';
import { interrupted } from '../../ui/interrupted.js';
import { entryFormat } from '../../ui/log-output.js';
import { MsxCommand } from '../../ui/msx-command.js';
import { serviceNames } from '../../ui/service-names.js';
import type { RunMode } from '../../dev/run-mode.js';
import type { AskToEnd } from '../../dev/start-freeing-ports.js';
import type { Started } from '../../dev/start-system.js';
import type { System } from '../../system/system.js';

export default class DevStart extends MsxCommand {
  static override summary = 'Build what is stale and start the system, until everything in it has started.';
  static override description =
    'What runs already goes on running, unless its sources have changed: then it is rebuilt and restarted. A system that ' +
    'runs keeps its mode (--env, --broker, --tls); only --watch can be added to it. The system stays up when the command ' +
    'ends: see msx dev status, and end it with msx dev stop.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --attach --watch',
    '<%= config.bin %> <%= command.id %> --except api-gateway --timeout 2m',
  ];
  static override args = serviceNames(
    'what to start, with all that it needs and calls (default: everything)',
  );
  static override flags = {
    attach: Flags.boolean({ char: 'a', description: 'stay, show all logs, and stop the system on Ctrl-C' }),
    watch: Flags.boolean({
      char: 'w',
      description: 'build and restart whatever an edit touches, also in a system that runs already',
    }),
    except: Flags.string({
      multiple: true,
      delimiter: ',',
      helpValue: 'SERVICE',
      description: 'all but this',
    }),
    'free-ports': Flags.boolean({
      description: 'terminate foreign processes that hold a port of the system',
    }),
    tls: Flags.boolean({ description: 'use mutual TLS between services: see msx certs dev' }),
    timeout: timeoutFlag('60s'),
    broker: Flags.option({
      options: ['embedded', 'kafka', 'external'] as const,
      description:
        "msx's own broker, Apache Kafka in Docker, or one that runs already, at KAFKA_BROKERS or as msx.yaml says",
    })(),
    env: Flags.option({
      options: ['development', 'production'] as const,
      description:
        'NODE_ENV of the services; production gets what it needs to run on this machine (default: development, or as the ' +
        'system runs already)',
    })(),
  };

  async run() {
    const { argv, flags } = await this.parse(DevStart);
    const system = await this.loadSystem();
    const known = resourceNames(system);
    const names = chooseResources(known, argv as string[]);
    const except = chooseResources(known, flags.except ?? []);
    const { tls, watch, broker, env } = flags;
    const running = await runningSystem(system.root);
    const mode = runModeFor({ mode: env, broker, tls, watch }, running?.mode, system);
    if (mode.broker === 'kafka') await this.#prepareKafka(system);
    if (mode.tls)
      await (await import('../../certificates/ensure-certificates.js')).ensureCertificates(system);
    const ending = new Ending(system.root, running === undefined);
    const signal = interrupted({ ending: ending.text, atOnce: () => ending.atOnce() });
    const logs = flags.attach ? endOfLogs(system) : [];
    const progress = await startProgress({ silent: this.jsonEnabled() });
    const options = {
      root: system.root,
      wish: wishOf(
        system,
        { ...mode, environment: ownEnvironment() },
        { names, except, running: running?.wanted },
      ),
      timeoutMs: flags.timeout,
      interrupted: signal,
      onSnapshot: progress.show,
      onAdded: (added: string[]) => ending.only(added, known),
    };
    const mayEnd = flags['free-ports'] ? async () => true : asking;
    const started = await progress.until(startFreeingPorts(options, mayEnd));
    const report = this.#tell(started, mode);
    for (const text of joinedTexts(mode, running?.mode)) this.log(text);
    if (!flags.attach) return report;
    ending.everything(report.processes.map(({ name }) => name));
    await this.#stay(system, logs, signal);
    return report;
  }

  /** What is known before anything starts: whether there is Docker, and the image. */
  async #prepareKafka({ broker }: System): Promise<void> {
    const [{ connectDocker }, { ensureImage }, { developmentKafka }] = await Promise.all([
      import('../../docker/running/connect-docker.js'),
      import('../../docker/images/ensure-image.js'),
      import('../../docker/kafka-containers.js'),
    ]);
    const { image } = developmentKafka(broker.port);
    await ensureImage(await connectDocker(), image, () => {
      if (!this.jsonEnabled()) this.log(`pulling ${image}`);
    });
  }

  #tell({ snapshot, added, targets, restarted }: Started, mode: RunMode) {
    const report = reportOf(snapshot);
    const started = targets.filter((name) => added.includes(name));
    const alreadyRunning = targets.filter((name) => ![...started, ...restarted].includes(name));
    if (alreadyRunning.length === targets.length) this.log(runningText(report.processes, mode));
    else this.log(startedTable(report.processes, { started, restarted }, coloursOf(process.stdout)));
    return { ...report, started, restarted, alreadyRunning };
  }

  async #stay(system: System, from: ReturnType<typeof endOfLogs>, signal: AbortSignal): Promise<void> {
    const colours = coloursOf(process.stdout);
    const format = entryFormat({ services: resourceNames(system) });
    this.log(colours.dim('Ctrl-C stops the system.'));
    await attach({
      root: system.root,
      from,
      signal,
      print: (entry) => this.logData(format(entry)),
      say: (text) => this.log(colours.cyan(`msx  ${text}`)),
    });
    if (signal.aborted) await stopSystem(system.root);
  }
}

const asking: AskToEnd = async ({ port, wantedBy, pid, command }) => {
  if (!process.stdin.isTTY || !process.stdout.isTTY || !pid) return false;
  const question = `Port ${port} of ${wantedBy} is held by ${command} (pid ${pid}). End it?`;
  return confirm('ending a process', question);
};

function endOfLogs(system: System) {
  const { entries, end } = readLogs(logFiles(system, []), { last: 0 });
  // Reading to the end, of nothing, closes the logs.
  for (const _ of entries);
  return end;
}
