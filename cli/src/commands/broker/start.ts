import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { isDeepStrictEqual } from 'node:util';
import { backgroundBrokers } from '../../running/broker/background-brokers.js';
import { runBroker } from '../../running/broker/run-broker.js';
import { startInBackground } from '../../running/broker/start-in-background.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { brokerArgs, brokerFlags, localAddress } from '../../terminal/flags/broker-flags.js';
import { brokerLinePrinter } from '../../terminal/logs/broker-lines.js';
import { followingInterrupted } from '../../terminal/logs/log-printer.js';
import { backgroundReport } from '../../terminal/reports/broker-report.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import type { BackgroundBroker } from '../../running/broker/background-brokers.js';

export default class BrokerStart extends MsxCommand {
  static override summary = 'Run the embedded broker on its own, in any folder.';
  static override description =
    'A Kafka without Java and containers, for development; it needs no system. It runs until Ctrl-C, or with --detach until msx broker stop. Outside of a terminal, it prints its log as JSON lines. What follows -- is passed to the broker as it is.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 19092 --data kafka-data --detach',
    '<%= config.bin %> <%= command.id %> --data kafka-data --tls --sasl --users users.txt',
    '<%= config.bin %> <%= command.id %> --default-partitions 3 --set log.retention.ms=60000',
  ];
  static override args = {
    option: Args.string({
      description: 'further options of the broker, after --',
      multiple: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    ...brokerFlags,
    detach: Flags.boolean({ char: 'd', description: 'run it in the background, and return once it listens' }),
  };

  async run(): Promise<BackgroundBroker | void> {
    const { argv, flags } = await this.parse(BrokerStart);
    const { host, data, detach, 'log-level': level } = flags;
    const start = {
      args: [...brokerArgs(flags), ...(argv as string[])],
      env: { ...process.env, ...(level && { LOG_LEVEL: level }) },
      signal: followingInterrupted(),
    };
    if (!detach)
      return runBroker({ ...start, onLine: brokerLinePrinter({ json: this.jsonEnabled(), data, host }) });
    const colours = coloursOf(process.stdout);
    const running = runningAt(flags.port, start.args);
    if (running) {
      this.log(`the broker already runs at ${colours.bold(running.address)} (pid ${running.pid})`);
      return running;
    }
    const addressOf = (port: number) => localAddress(host, port);
    const broker = await this.during('starting the broker', startInBackground({ ...start, addressOf }));
    this.log(`the broker runs at ${colours.bold(broker.address)} (pid ${broker.pid})`);
    this.log(backgroundReport(broker, colours));
    return broker;
  }
}

const DEFAULT_PORT = 9092;

/** The same broker, if it runs already. Throws BROKER_RUNNING for one with other options at the port. */
function runningAt(port = DEFAULT_PORT, args: readonly string[]): BackgroundBroker | undefined {
  const running = backgroundBrokers().find((broker) => broker.port === port);
  if (!running) return undefined;
  const { address, pid } = running;
  if (isDeepStrictEqual([running.args, running.cwd], [args, process.cwd()])) return running;
  throw new MsxError('BROKER_RUNNING', { address, port, pid });
}
