import { targetOf } from './drill-run.js';
import { meanwhile } from './meanwhile.js';
import type { Drill } from './drill-run.js';

/** A paused service keeps its connections and partitions, and answers nobody. */
export const paused: Drill = async (run) => {
  await run.maker.make(1);
  return meanwhile(run, await run.copy.pause(targetOf(run).name));
};
