import type { DataSource, QueryRunner } from 'typeorm';
import { DatabaseUnavailable } from './database-outage.js';

/** Has all queries of a data source throw DatabaseUnavailable for the errors that `isOutage` recognizes. */
export function reportOutages(source: DataSource, isOutage: (error: unknown) => boolean): void {
  const create = source.driver.createQueryRunner.bind(source.driver);
  // On SQLite, all callers get the same one.
  const reportingOnes = new WeakSet<QueryRunner>();
  source.driver.createQueryRunner = (mode) => {
    const runner = create(mode);
    if (!reportingOnes.has(runner)) reportingOnes.add(reporting(runner, isOutage));
    return runner;
  };
}

function reporting<R extends QueryRunner>(runner: R, isOutage: (error: unknown) => boolean): R {
  const query = runner.query.bind(runner) as (...parameters: unknown[]) => Promise<unknown>;
  const release = runner.release.bind(runner);
  let released = false;
  const reported = async (...parameters: unknown[]): Promise<unknown> => {
    try {
      return await query(...parameters);
    } catch (error) {
      // TypeORM releases a runner whose connection breaks between two queries.
      throw isOutage(error) || (runner.isReleased && !released) ? new DatabaseUnavailable(error) : error;
    }
  };
  return Object.assign(runner, {
    query: reported,
    release: (): Promise<void> => {
      released = true;
      return release();
    },
  });
}
