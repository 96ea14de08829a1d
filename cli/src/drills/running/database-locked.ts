import { lockDatabase } from '../copy/service-database.js';
import { meanwhile } from './meanwhile.js';
import type { Drill } from './drill-run.js';

export const databaseLocked: Drill = async (run) => {
  await run.maker.make(1);
  const service = run.copy.system.services.find(({ name }) => name === run.plan.faults[0]!.service)!;
  return meanwhile(run, lockDatabase(service));
};
