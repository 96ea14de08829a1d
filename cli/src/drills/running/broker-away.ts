import { KAFKA } from '../../model/system/system.js';
import { meanwhile } from './meanwhile.js';
import type { Drill } from './drill-run.js';

/** Changes need no broker; what they need to be made may take events to create. */
export const brokerAway: Drill = async (run) => {
  await run.maker.make(1);
  return meanwhile(run, await run.copy.takeAway(KAFKA));
};
