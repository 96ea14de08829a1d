import { KAFKA } from '../../model/system/system.js';
import type { Drill, DrillRun } from './drill-run.js';

/** The broker takes nothing while the changes are made, so that each of them waits in an outbox when its service is killed. */
export const killedBeforePublishing: Drill = async ({ plan, copy, maker }) => {
  // What the changes need may itself take events to create.
  await maker.make(1);
  const resume = await copy.pause(KAFKA);
  try {
    await maker.make(plan.changes);
    for (const service of new Set(plan.faults.map((fault) => fault.service))) await copy.kill(service);
  } finally {
    resume();
  }
  return {};
};

export const killedUnderLoad: Drill = async (run) => {
  const kills: Promise<void>[] = [];
  const due = [...run.plan.faults];
  await run.maker.make(run.plan.changes, (done) => {
    while (due.length > 0 && due[0]!.after <= done) kills.push(kill(run, due.shift()!.service, kills.at(-1)));
  });
  await Promise.all(kills);
  return {};
};

/** One after the other: a service that is killed again while it starts is another drill. */
async function kill({ copy }: DrillRun, service: string, earlier: Promise<void> | undefined): Promise<void> {
  await earlier;
  await copy.kill(service);
}
