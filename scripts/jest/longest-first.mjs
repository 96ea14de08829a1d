import { join, relative } from 'node:path';
import { jestPackage } from '../../cli/jest/jest-package.js';

const { default: TestSequencer } = jestPackage('jest-config', '@jest/test-sequencer');

const root = join(import.meta.dirname, '../..');

/** Those that take longest, in seconds, where nobody has run them yet. */
export const LONGEST = {
  'cli/src/code/generate/matrix.test.ts': 140,
  'cli/src/code/contracts/contracts.test.ts': 80,
  'cli/src/code/scaffold/new-system.test.ts': 72,
  'cli/src/code/build/build-stale.test.ts': 60,
  'cli/src/code/scaffold/upgrade/upgrade-system.test.ts': 60,
  'cli/src/code/scaffold/upgrade/gateway/gateway-migration.test.ts': 55,
  'cli/src/running/dev/watching.test.ts': 55,
  'cli/src/running/dev/dev-commands.test.ts': 55,
  'runtime/src/events/outbox/outbox-relay.test.ts': 55,
  'checks/architecture.test.ts': 50,
  'runtime/src/events/consuming/event-consumer.test.ts': 45,
  'runtime/src/events/feed/event-feed.test.ts': 45,
  'cli/src/commands/kafka.test.ts': 40,
  'cli/src/commands/dead-letters.test.ts': 40,
  'cli/src/running/dev/faults.test.ts': 40,
  'cli/src/code/generate/slices.test.ts': 30,
  'services/order-service/src/order/order.service.test.ts': 30,
  'cli/src/cli.test.ts': 25,
  'broker/src/kafkajs/process.test.ts': 25,
  'runtime/src/service/start.test.ts': 20,
};

/**
 * Jest starts with the suites that took longest before; in a fresh clone it knows of none, takes those with the largest
 * files first, and one worker ends a minute after the others with a short file that does much.
 */
export default class LongestFirst extends TestSequencer {
  time(test) {
    return super.time(test) ?? (LONGEST[relative(root, test.path).replaceAll('\\', '/')] ?? 1) * 1000;
  }
}
