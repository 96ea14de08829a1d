import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { applyPlan, planAndCheck } from '../apply-plan.js';
import { checkNames, checkTypesOf } from '../names/check-names.js';
import { pascal, wordsOf } from '../names/words.js';
import { sourceTextsOf } from '../parts/find-service.js';
import { isForSlices } from '../projection/project-files.js';
import { serviceModel, sliceId } from './service-model.js';
import { MONEY_SLICE, serviceSlices } from './service-slice.js';
import { vendoredIn } from './vendored-packages.js';
import type { AppliedPlan } from '../apply-plan.js';
import type { ProjectState } from '../changes/plan-slice.js';
import type { Slice } from '../slice.js';
import type { GeneratorContext } from '../generator-context.js';
import type { ServiceRequest } from './service-request.js';

export interface GeneratedService extends AppliedPlan {
  readonly service: string;
  readonly port: number;
  readonly gateway?: string;
}

/** Generates a service. All errors are thrown before anything is written. */
export async function generateService(
  context: GeneratorContext,
  request: ServiceRequest,
  options: { dryRun: boolean },
): Promise<GeneratedService> {
  const state = await context.state();
  const { model, slices } = serviceSlicesOf(
    context,
    { ...request, entity: pascal(wordsOf(request.entity)) },
    state,
  );
  const plan = await planAndCheck(context, slices, state);
  const { name, port, gateway } = model;
  if (gateway && !state.ledger.slices[sliceId(name)])
    checkTypesOf(sourceTextsOf(context.system, gateway), model);
  return {
    service: name,
    port,
    ...(gateway && { gateway: gateway.name }),
    ...applyPlan(context, plan, options),
  };
}

/** The same request and templates produce the same slices. */
export function serviceSlicesOf(
  context: GeneratorContext,
  request: ServiceRequest,
  { ledger, read }: ProjectState,
) {
  const { system } = context;
  const model = serviceModel(system, request, {
    ledger,
    packages: context.packages(),
    isInstalled: (name) => context.isInstalled(name),
  });
  const templates = context
    .templates('service', 'proto', 'gateway')
    .filter((template) => template.file !== 'proto/buf.yaml' && !isForSlices(template));
  if (!context.areNamesFree && !ledger.slices[sliceId(model.name)]) checkNames(model, templates);
  // Files that msx generated itself are generated again, to follow their template.
  const has = (path: string) =>
    existsSync(join(system.root, path)) && ledger.files[path]?.slice !== MONEY_SLICE;
  const vendored = vendoredIn(read('package.json'));
  const slices: Slice[] = serviceSlices(model, request, { system, templates, has, vendored });
  return { model, slices };
}
