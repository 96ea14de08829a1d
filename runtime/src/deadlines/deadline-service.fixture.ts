import { Test } from '@nestjs/testing';
import type { TestingModule } from '@nestjs/testing';
import { ServiceContext } from '../context/service-context.js';
import { Database } from '../database/database.js';
import { DatabaseModule } from '../database/database.module.js';
import type { HealthReport } from '../health/health.js';
import { RuntimeModule } from '../service/runtime.module.js';
import { defineDeadline, type DueDeadline } from './deadline-type.js';
import { Deadlines } from './deadlines.js';
import { DeadlinesModule } from './deadlines.module.js';
import { OnDeadline, type Settle } from './on-deadline.js';

const watered = defineDeadline<number>('plant.watered');
export const pruned = defineDeadline<number>('plant.pruned');

type Look = (due: DueDeadline<number>) => Promise<Settle<number>>;

export interface DeadlineServiceOptions {
  readonly url: string;
  readonly onWatered: Look;
  readonly onPruned?: Look;
}

/** A service with deadlines, with real lifecycle hooks but no port. */
export class DeadlineService {
  private constructor(private readonly app: TestingModule) {}

  static async start({ url, onWatered, onPruned = onWatered }: DeadlineServiceOptions) {
    class Gardener {
      @OnDeadline(watered)
      water(due: DueDeadline<number>): Promise<Settle<number>> {
        return onWatered(due);
      }

      @OnDeadline(pruned)
      prune(due: DueDeadline<number>): Promise<Settle<number>> {
        return onPruned(due);
      }
    }
    const module = {
      module: class GardenModule {},
      imports: [
        DatabaseModule.forRoot({ file: 'garden.db', entities: [], migrations: [] }),
        DeadlinesModule.forRoot(),
      ],
      providers: [Gardener],
    };
    const env = { DATABASE_URL: url };
    const imports = [RuntimeModule.forTest({ name: 'garden', module, env })];
    const app = await Test.createTestingModule({ imports }).compile();
    await app.init();
    app.get(ServiceContext).health.serving();
    return new DeadlineService(app);
  }

  get database(): Database {
    return this.app.get(Database);
  }

  set(key: string, after: number, type = watered): Promise<void> {
    return this.database.transaction((tx) =>
      this.app.get(Deadlines).set(tx, type, { key, after, value: after }),
    );
  }

  clear(key: string): Promise<void> {
    return this.database.transaction((tx) => this.app.get(Deadlines).clear(tx, watered, key));
  }

  async unfinished(): Promise<string[]> {
    const rows = await this.database.read.sql`SELECT subject FROM deadlines ORDER BY subject`;
    return (rows as { subject: string }[]).map(({ subject }) => subject);
  }

  health(): Promise<HealthReport> {
    return this.app.get(ServiceContext).health.report();
  }

  async metrics(): Promise<string> {
    return (await this.app.get(ServiceContext).metrics.text()).body;
  }

  stop(): Promise<void> {
    return this.app.close();
  }
}
