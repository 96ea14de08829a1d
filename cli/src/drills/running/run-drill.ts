import { generalVerdicts } from '../verdicts/general-verdicts.js';
import { brokerAway } from './broker-away.js';
import { databaseLocked } from './database-locked.js';
import { paused } from './paused.js';
import { clockOff } from './clock-off.js';
import { ChangeMaker } from './change-maker.js';
import { collectFindings } from './collect-findings.js';
import { declaredVerdicts } from './declared-verdicts.js';
import { deliveredAgain } from './delivered-again.js';
import { killedBeforePublishing, killedUnderLoad } from './kill-drills.js';
import { poison } from './poison.js';
import { startRush } from './rush-drill.js';
import { ServiceClient } from './service-client.js';
import { settle } from './settle.js';
import type { DrillName } from '../plan/drill-catalogue.js';
import type { Verdict } from '../verdicts/verdict.js';
import type { Drill, DrillRun } from './drill-run.js';

const FAULTS: Readonly<Record<DrillName, Drill>> = {
  'killed-before-publishing': killedBeforePublishing,
  'killed-under-load': killedUnderLoad,
  'delivered-again': deliveredAgain,
  poison,
  'broker-away': brokerAway,
  'database-locked': databaseLocked,
  paused,
  'clock-off': clockOff,
};

type Parts = Omit<DrillRun, 'maker'>;

/** Runs a drill, and judges what is left of the system once it has settled. */
export async function runDrill(parts: Parts): Promise<Verdict[]> {
  const run = { ...parts, maker: makerFor(parts) };
  const { drill } = run.plan;
  const rush = run.verifications.find(({ verification }) => verification.rushes?.[drill]);
  const checkRush = rush && (await startRush(run, rush));
  const traces = rush ? {} : await FAULTS[drill as DrillName](run);
  const services = await settle(run);
  const findings = await collectFindings(run, services, traces);
  return [
    ...generalVerdicts(findings),
    ...(await declaredVerdicts(run)),
    ...(checkRush ? [await checkRush()] : []),
  ];
}

/** Keys of earlier runs may be in the databases. */
function makerFor({ plan, copy, verifications, signal }: Parts): ChangeMaker {
  const run = `${plan.drill}-${plan.seed}-${Date.now().toString(36)}`;
  const client = new ServiceClient(copy.system, signal);
  return new ChangeMaker({ verifications, client, seed: plan.seed, run, signal });
}
