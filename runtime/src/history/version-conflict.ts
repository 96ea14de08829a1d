/**
 * Another transaction has recorded this version of an aggregate. Its code is that of a serialization failure, so that the
 * transaction is run again like any other that conflicts.
 */
export class VersionConflict extends Error {
  readonly code = '40001';

  constructor(entity: string, id: string, version: number) {
    super(`event ${version} of ${entity} ${id} does not follow the last one: another transaction was faster`);
    this.name = 'VersionConflict';
  }
}
