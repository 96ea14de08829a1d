// A small service that runs as a separate process from the built package, for tests of starting and stopping:
//   node service-process.fixture.mjs [db …]; BROKEN_MIGRATION and CRASH make it fail.
import { DatabaseModule, defineEvent, EventsModule, startGrpcService } from '@msx/runtime';
import { Table } from 'typeorm';

class CreateThings1700000000001 {
  async up(runner) {
    await runner.createTable(
      new Table({ name: 'things', columns: [{ name: 'id', type: 'integer', isPrimary: true }] }),
    );
    if (process.env.BROKEN_MIGRATION) await runner.query('SELECT * FROM nowhere');
  }

  async down(runner) {
    await runner.dropTable('things');
  }
}

const happened = defineEvent('thing.happened', { fromJSON: (object) => object, toJSON: (thing) => thing });
const imports = [
  DatabaseModule.forRoot({ file: 'things.db', entities: [], migrations: [CreateThings1700000000001] }),
  EventsModule.forRoot({ publishes: [happened], consumes: false }),
];
const crash = () => {
  throw new Error('an uncaught error');
};
const crasher = { provide: 'crasher', useFactory: () => process.env.CRASH && setTimeout(crash, 10) };

const asIs = (bytes) => bytes;
const codecs = {
  requestSerialize: asIs,
  requestDeserialize: asIs,
  responseSerialize: asIs,
  responseDeserialize: asIs,
};

await startGrpcService({
  name: 'thing-service',
  module: { module: class ThingModule {}, imports, providers: [crasher] },
  port: 0,
  packageName: 'test.v1',
  services: {
    Things: { get: { path: '/test.v1.Things/Get', requestStream: false, responseStream: false, ...codecs } },
  },
});
