import { describeBroker } from '../../inspection/topics/describe-broker.js';
import { brokerProcess } from '../../running/broker/broker-process.js';
import { addressesExcept, brokerAt, localPort } from '../../running/broker/local-brokers.js';
import { KafkaCommand } from '../../terminal/base-commands/kafka-command.js';
import { asMsxError } from '../../terminal/errors/msx-error.js';
import { kafkaFlags } from '../../terminal/flags/kafka-flags.js';
import { brokerReport, unansweredReport } from '../../terminal/reports/broker-report.js';
import { coloursOf } from '../../terminal/screen/colours.js';
import type { KafkaOptions } from '../../terminal/base-commands/kafka-command.js';
import type { MsxError } from '../../terminal/errors/msx-error.js';
import type { BrokerStatusReport, Unanswered } from '../../terminal/reports/broker-report.js';

const DEFAULT_BROKERS = '127.0.0.1:9092';

/** A Kafka to ask, and whose it is. */
interface Target extends KafkaOptions {
  readonly system?: string;
}

export default class BrokerStatus extends KafkaCommand {
  static override summary = 'Show whether a Kafka answers, its process, and how much it holds.';
  static override description = `Asks the broker of the system and those in the background, or only the given one; without any, ${DEFAULT_BROKERS}. Fails if none of them answers. Process, memory and connections are shown for a broker on this machine.`;
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --brokers 127.0.0.1:19092 --json',
  ];
  static override flags = kafkaFlags;

  /** The first that answers, and the others. */
  async run(): Promise<BrokerStatusReport & { others: (BrokerStatusReport | Unanswered)[] }> {
    const { flags } = await this.parse(BrokerStatus);
    const isGiven = flags.brokers !== undefined || flags.file !== undefined;
    const found: BrokerStatusReport[] = [];
    const failed: { address: string; error: MsxError }[] = [];
    for (const target of isGiven ? [{ defaultBrokers: DEFAULT_BROKERS, ...flags }] : await this.#targets())
      try {
        found.push(await this.#statusOf(target));
      } catch (error) {
        failed.push({ address: target.brokers ?? DEFAULT_BROKERS, error: asMsxError(error) });
      }
    const [first, ...others] = found;
    if (!first) throw failed[0]!.error;
    const unanswered = failed.map(({ address, error }) => ({ address, ...error.toJSON() }));
    const colours = coloursOf(process.stdout);
    const reports = [
      ...found.map((status) => brokerReport(status, colours)),
      ...unanswered.map((each) => unansweredReport(each, colours)),
    ];
    this.log(reports.join('\n\n'));
    return { ...first, others: [...others, ...unanswered] };
  }

  /** The broker of the system, if the command runs in one, and the others in the background. */
  async #targets(): Promise<Target[]> {
    const system = await this.systemAround();
    const own = system?.broker.address;
    const others = addressesExcept(own).map((brokers) => ({ brokers }));
    const targets = system ? [{ brokers: own, system: system.name }, ...others] : others;
    return targets.length > 0 ? targets : [{ brokers: DEFAULT_BROKERS }];
  }

  async #statusOf({ system, ...options }: Target): Promise<BrokerStatusReport> {
    const { address, contents } = await this.queryKafka(options, async ({ session }) => ({
      address: session.address,
      contents: await describeBroker(session),
    }));
    const port = localPort(address);
    const running = port === undefined ? undefined : await brokerProcess(port);
    const log = brokerAt(address)?.log;
    return {
      ...{ address, ...contents, process: running ?? null },
      ...(system !== undefined && { system }),
      ...(log !== undefined && { log }),
    };
  }
}
