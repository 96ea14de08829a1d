import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { runBroker } from '../../running/broker/run-broker.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { followingInterrupted } from '../../terminal/logs/log-printer.js';
import { brokerLinePrinter } from '../../terminal/logs/broker-lines.js';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export default class BrokerStart extends MsxCommand {
  static override summary = 'Run the embedded broker on its own, in any folder, until Ctrl-C.';
  static override description =
    'A Kafka without Java and containers, for development; it needs no system. Whatever follows -- is passed to the broker as it is, see msx broker start -- --help. Outside of a terminal, it prints its log as JSON lines.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 19092 --data kafka-data',
    '<%= config.bin %> <%= command.id %> --memory -- --default-partitions 3',
  ];
  static override args = {
    option: Args.string({
      description: 'further options of the broker, after --',
      multiple: true,
      ignoreStdin: true,
    }),
  };
  static override flags = {
    port: Flags.integer({
      char: 'p',
      min: 0,
      max: 65_535,
      description: 'port to listen on; 0 picks a free port (default: 9092)',
    }),
    host: Flags.string({ helpValue: 'HOST', description: 'address to listen on (default: 127.0.0.1)' }),
    data: Flags.string({
      helpValue: 'DIR',
      description: 'folder to keep the data in (default: in memory)',
      exclusive: ['memory'],
    }),
    memory: Flags.boolean({ description: 'keep the data in memory, which is the default' }),
    metrics: Flags.integer({
      ...{ min: 0, max: 65_535, helpValue: 'PORT' },
      description: 'port to serve metrics for Prometheus at, under /metrics (default: none)',
    }),
    'log-level': Flags.option({ options: LEVELS, description: 'minimum level that is logged' })(),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(BrokerStart);
    const { port, host, data, metrics, 'log-level': level } = flags;
    const args = [
      ...(port === undefined ? [] : [`--port=${port}`]),
      ...(host === undefined ? [] : [`--host=${host}`]),
      ...(data === undefined ? [] : [`--data=${data}`]),
      ...(metrics === undefined ? [] : [`--metrics=${metrics}`]),
      ...(argv as string[]),
    ];
    await runBroker({
      args,
      env: { ...process.env, ...(level && { LOG_LEVEL: level }) },
      signal: followingInterrupted(),
      onLine: brokerLinePrinter({ json: this.jsonEnabled(), data, host }),
    });
  }
}
