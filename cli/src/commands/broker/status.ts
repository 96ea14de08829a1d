import { describeBroker } from '../../inspection/topics/describe-broker.js';
import { backgroundBrokers } from '../../running/broker/background-brokers.js';
import { brokerProcess } from '../../running/broker/broker-process.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { kafkaFlags } from '../../terminal/flags/kafka-flags.js';
import { brokerReport } from '../../terminal/reports/broker-report.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import type { BrokerContents } from '../../inspection/topics/describe-broker.js';
import type { BrokerProcess } from '../../running/broker/broker-process.js';

const DEFAULT_BROKERS = '127.0.0.1:9092';
const LOCAL = /^(?:localhost|127\.[\d.]+|\[::1\]):(\d+)$/;

export default class BrokerStatus extends KafkaCommand {
  static override summary = 'Show whether a Kafka answers, its process, and how much it holds.';
  static override description = `Asks the broker of the running system, or the given one; outside of a system, the only one in the background, or ${DEFAULT_BROKERS}. Process, memory and connections are shown for a broker on this machine.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --brokers 127.0.0.1:19092 --json',
  ];
  static override flags = kafkaFlags;

  async run(): Promise<BrokerContents & { address: string; process: BrokerProcess | null; log?: string }> {
    const { flags } = await this.parse(BrokerStatus);
    const background = backgroundBrokers();
    const [only] = background.length === 1 ? background : [];
    const { address, contents } = await this.queryKafka(
      { defaultBrokers: only?.address ?? DEFAULT_BROKERS, ...flags },
      async ({ session }) => ({ address: session.address, contents: await describeBroker(session) }),
    );
    const port = LOCAL.exec(address)?.[1];
    const process_ = port === undefined ? undefined : await brokerProcess(Number(port));
    const log = background.find((broker) => broker.address === address)?.log;
    const status = { address, ...contents, process: process_ ?? null, ...(log !== undefined && { log }) };
    this.log(brokerReport(status, coloursOf(process.stdout)));
    return status;
  }
}
