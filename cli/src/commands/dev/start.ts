import * as Flags from '@oclif/core/flags';
import { attach } from '../../dev/attach.js';
import { chooseResources } from '../../dev/choose-resources.js';
import { reportOf } from '../../dev/report.js';
import { resourceNames } from '../../dev/specs-of.js';
import { startFreeingPorts } from '../../dev/start-freeing-ports.js';
import { stopSystem } from '../../dev/stop-system.js';
import { ownEnvironment, wishOf } from '../../dev/wish-of.js';
import { logFiles } from '../../logs/log-files.js';
import { readLogs } from '../../logs/read-logs.js';
import { coloursOf } from '../../ui/colours.js';
import { confirm } from '../../ui/confirm.js';
import { startProgress } from '../../ui/dev-progress.js';
import { startedTable } from '../../ui/dev-table.js';
import { giveUpAfter } from '../../ui/give-up-after.js';
import { interrupted } from '../../ui/interrupted.js';
import { entryFormat } from '../../ui/log-output.js';
import { MsxCommand } from '../../ui/msx-command.js';
import { serviceNames } from '../../ui/service-names.js';
import type { AskToEnd } from '../../dev/start-freeing-ports.js';
import type { Started } from '../../dev/start-system.js';
import type { System } from '../../system/system.js';

export default class DevStart extends MsxCommand {
  static override summary = 'Build what is stale and start the system, until everything in it has started.';
  static override description =
    'What runs already goes on running. The system stays up when the command ends: see msx dev status, and end it with msx dev stop.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --attach --watch',
    '<%= config.bin %> <%= command.id %> --except api-gateway --timeout 120',
  ];
  static override args = serviceNames(
    'what to start, with all that it needs and calls; everything unless given',
  );
  static override flags = {
    attach: Flags.boolean({ char: 'a', description: 'stay, show all logs, and stop the system on Ctrl-C' }),
    watch: Flags.boolean({ char: 'w', description: 'build and restart whatever an edit touches' }),
    except: Flags.string({
      multiple: true,
      delimiter: ',',
      helpValue: 'SERVICE',
      description: 'all but this',
    }),
    'free-ports': Flags.boolean({ description: "end strangers' processes that hold a port of the system" }),
    tls: Flags.boolean({ description: 'have services show each other certificates: see msx certs dev' }),
    timeout: giveUpAfter(60),
    broker: Flags.option({
      options: ['embedded', 'kafka', 'external'] as const,
      description:
        "msx's own broker, Apache Kafka in Docker, or one that runs already, at KAFKA_BROKERS or as msx.yaml says",
    })(),
    env: Flags.option({
      options: ['development', 'production'] as const,
      default: 'development' as const,
      description: 'what NODE_ENV is; production with what it needs to run on this machine',
    })(),
  };

  async run() {
    const { argv, flags } = await this.parse(DevStart);
    const system = await this.loadSystem();
    const known = resourceNames(system);
    const names = chooseResources(known, argv as string[]);
    const except = chooseResources(known, flags.except ?? []);
    const broker = flags.broker ?? system.broker.mode;
    if (broker === 'kafka') await this.#prepareKafka(system);
    const { tls, watch } = flags;
    const surroundings = { mode: flags.env, broker, tls, watch, environment: ownEnvironment() };
    if (tls) await (await import('../../certificates/ensure-certificates.js')).ensureCertificates(system);
    const signal = interrupted();
    const logs = flags.attach ? endOfLogs(system) : [];
    const progress = await startProgress({ silent: this.jsonEnabled() });
    const options = {
      root: system.root,
      wish: wishOf(system, surroundings, { names, except }),
      timeoutMs: flags.timeout * 1_000,
      interrupted: signal,
      onSnapshot: progress.show,
    };
    const mayEnd = flags['free-ports'] ? async () => true : asking;
    const started = await startFreeingPorts(options, mayEnd).finally(progress.end);
    const report = this.#tell(started);
    if (flags.attach) await this.#stay(system, logs, signal);
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

  #tell({ snapshot, added, targets }: Started) {
    const report = reportOf(snapshot);
    const running = targets.filter((name) => !added.includes(name));
    this.log(startedTable(report.processes, running, coloursOf(process.stdout)));
    return { ...report, started: targets.filter((name) => added.includes(name)), alreadyRunning: running };
  }

  async #stay(system: System, from: ReturnType<typeof endOfLogs>, signal: AbortSignal): Promise<void> {
    const colours = coloursOf(process.stdout);
    const format = entryFormat({ services: resourceNames(system) });
    this.log(colours.dim('Ctrl-C stops the system.'));
    await attach({
      root: system.root,
      from,
      signal,
      print: (entry) => this.log(format(entry)),
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
