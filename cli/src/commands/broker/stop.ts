import * as Flags from '@oclif/core/flags';
import { backgroundBrokers } from '../../running/broker/background-brokers.js';
import { stopBroker } from '../../running/broker/stop-broker.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';

export default class BrokerStop extends MsxCommand {
  static override summary = 'Stop the brokers that msx broker start --detach has started.';
  static override description =
    'Each writes everything to the disk first; data in memory is gone. A broker that runs in a terminal is stopped there, with Ctrl-C, and that of a system by msx dev stop.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --port 19092',
  ];
  static override flags = {
    port: Flags.integer({
      ...{ char: 'p', min: 1, max: 65_535, helpValue: 'PORT' },
      description: 'port of the broker to stop (default: all of them)',
    }),
  };

  async run(): Promise<{ stopped: string[] }> {
    const { flags } = await this.parse(BrokerStop);
    const { port } = flags;
    const brokers = backgroundBrokers().filter((broker) => port === undefined || broker.port === port);
    for (const broker of brokers) {
      await this.during('stopping the broker', stopBroker(broker));
      this.log(`stopped the broker at ${broker.address}`);
    }
    const where = port === undefined ? '' : ` at port ${port}`;
    if (brokers.length === 0) this.log(`no broker is running in the background${where}`);
    return { stopped: brokers.map(({ address }) => address) };
  }
}
