import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { carryOut } from '../carry-out.js';
import { planSlices } from '../changes/plan-slices.js';
import { pascal, wordsOf } from '../names/words.js';
import { serviceModel } from './service-model.js';
import { MONEY_SLICE, serviceSlices } from './service-slice.js';
import type { CarriedOut } from '../carry-out.js';
import type { Ground } from '../changes/plan-slice.js';
import type { Slice } from '../slice.js';
import type { Workshop } from '../workshop.js';
import type { ServiceWish } from './service-wish.js';

export interface ServiceMade extends CarriedOut {
  readonly service: string;
  readonly port: number;
  readonly gateway?: string;
}

/** Throws all that can be wrong with a wish, before anything is written. */
export async function generateService(
  workshop: Workshop,
  wish: ServiceWish,
  options: { dryRun: boolean },
): Promise<ServiceMade> {
  const ground = await workshop.ground();
  const { model, slices } = serviceSlicesOf(
    workshop,
    { ...wish, entity: pascal(wordsOf(wish.entity)) },
    ground,
  );
  const plan = await planSlices(slices, ground);
  const { name, port, gateway } = model;
  return {
    service: name,
    port,
    ...(gateway && { gateway: gateway.name }),
    ...carryOut(workshop, plan, options),
  };
}

/** The same wish makes the same slices, from the templates there are. */
export function serviceSlicesOf(workshop: Workshop, wish: ServiceWish, { ledger }: Ground) {
  const { system } = workshop;
  const model = serviceModel(system, wish, {
    ledger,
    packages: workshop.packages(),
    isInstalled: (name) => workshop.isInstalled(name),
  });
  const templates = workshop
    .templates('service', 'proto', 'gateway')
    .filter(({ file }) => file !== 'proto/buf.yaml');
  // What msx made itself is made again, to follow its template.
  const has = (path: string) =>
    existsSync(join(system.root, path)) && ledger.files[path]?.slice !== MONEY_SLICE;
  const slices: Slice[] = serviceSlices(model, wish, { system, templates, has });
  return { model, slices };
}
