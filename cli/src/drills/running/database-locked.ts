import { lockDatabase } from '../copy/service-database.js';
import { targetOf } from './drill-run.js';
import { meanwhile } from './meanwhile.js';
import type { Drill } from './drill-run.js';

export const databaseLocked: Drill = async (run) => {
  await run.maker.make(1);
  return meanwhile(run, lockDatabase(targetOf(run)));
};
