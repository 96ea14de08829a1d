// A service for tests to kill, run as a separate process from the built package:
//   node killable-service-process.fixture.mjs '{"role":"publisher"|"consumer","url":…,"broker":…,"from":0}'
// A publisher publishes numbers, under three keys in turn, and prints each after its commit. A consumer adds a row for
// each event that it handles, and prints a line.
import { NestFactory } from '@nestjs/core';
import {
  Database,
  DatabaseModule,
  defineEvent,
  EventsModule,
  OnEvent,
  Outbox,
  RuntimeModule,
} from '@msx/runtime';

const { role, url, broker, from } = JSON.parse(process.argv[2]);
const noted = defineEvent('note.noted', { fromJSON: (object) => object, toJSON: (note) => note });

class CreateEffects1700000000000 {
  up(runner) {
    return runner.query('CREATE TABLE effects (event varchar(64), handled integer)');
  }
}

class Counter {
  async onNoted({ id }, tx) {
    await tx.sql`INSERT INTO effects (event, handled) VALUES (${id}, 1)`;
    process.stdout.write('1\n');
  }
}
OnEvent(noted)(Counter.prototype, 'onNoted', Object.getOwnPropertyDescriptor(Counter.prototype, 'onNoted'));

const consumes = role === 'consumer';
const module = {
  module: class KillableModule {},
  imports: [
    DatabaseModule.forRoot({ file: 'killable.db', entities: [], migrations: [CreateEffects1700000000000] }),
    EventsModule.forRoot({ publishes: [noted], consumes }),
  ],
  providers: consumes ? [Counter] : [],
};
const env = { DATABASE_URL: url, KAFKA_BROKERS: broker };
const root = RuntimeModule.forTest({ name: `killable-${role}`, module, env });
const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
if (role === 'publisher') await publish(app.get(Database), app.get(Outbox));

async function publish(database, outbox) {
  for (let n = from; ; n++) {
    const event = { key: ['a', 'b', 'c'][n % 3], value: { text: String(n) } };
    await database.transaction((tx) => outbox.add(tx, noted, event));
    process.stdout.write(`${n}\n`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
