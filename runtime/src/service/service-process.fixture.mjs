// A small service that runs as a separate process from the built package, for tests of starting and stopping:
//   node service-process.fixture.mjs [db …]; BROKEN_MIGRATION, BAD_SEED and CRASH make it fail.
import {
  Database,
  DatabaseModule,
  defineEvent,
  defineSeed,
  DomainError,
  EventsModule,
  startGrpcService,
} from '@msx/runtime';
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

const refused = new DomainError('THING_REFUSED', 'id must be below 3', { kind: 'invalid' });
const seed = defineSeed({
  file: 'src/seeds/things.seed.ts',
  entries: [1, 2, ...(process.env.BAD_SEED ? [3] : [])],
  nameOf: (id) => `thing ${id}`,
  exists: async (id, app) =>
    (await app.get(Database).read.query(`SELECT id FROM things WHERE id = ${id}`)).length > 0,
  async create(id, app) {
    if (id > 2) throw refused;
    await app.get(Database).transaction((tx) => tx.query(`INSERT INTO things (id) VALUES (${id})`));
  },
});

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
  seeds: [seed],
  services: {
    Things: { get: { path: '/test.v1.Things/Get', requestStream: false, responseStream: false, ...codecs } },
  },
});
