import { asMsxError, MsxError } from '../../errors/msx-error.js';
import { CONSUMER_VERSION, consumerSlice } from '../../generate/consumer/generate-consumer.js';
import { EVENT_VERSION, eventSlice } from '../../generate/event/generate-event.js';
import { RPC_VERSION, rpcSlice } from '../../generate/rpc/generate-rpc.js';
import { serviceSlicesOf } from '../../generate/service/generate-service.js';
import { SYSTEM_SLICE, SYSTEM_VERSION, systemFiles } from '../render-system.js';
import type { Ground } from '../../generate/changes/plan-slice.js';
import type { ConsumerWish } from '../../generate/consumer/generate-consumer.js';
import type { EventWish } from '../../generate/event/generate-event.js';
import type { LedgerSlice } from '../../generate/ledger/ledger.js';
import type { RpcWish } from '../../generate/rpc/rpc-wish.js';
import type { ServiceWish } from '../../generate/service/service-wish.js';
import type { Slice } from '../../generate/slice.js';
import type { Workshop } from '../../generate/workshop.js';
import type { Kit } from '../kit.js';
import type { SystemWish } from '../system-wish.js';

export interface SlicesNow {
  readonly slices: Slice[];
  /** What could not be made anew, and why: it stays as it is. */
  readonly left: string[];
}

type Remake = (workshop: Workshop, id: string, ground: Ground) => readonly Slice[];

const wishOf = <Wish>(id: string, { ledger }: Ground) => ledger.slices[id]!.inputs as unknown as Wish;

/** How each kind of generation is made again from its inputs, and by which version of what makes it. */
const remakes: Readonly<Record<string, { readonly version?: number; readonly make: Remake }>> = {
  service: {
    make: (workshop, id, ground) => serviceSlicesOf(workshop, wishOf<ServiceWish>(id, ground), ground).slices,
  },
  rpc: {
    version: RPC_VERSION,
    make: (workshop, id, ground) => {
      const wish = { ...wishOf<RpcWish>(id, ground), target: id.slice('rpc '.length) };
      return [rpcSlice(workshop, wish, ground).slice];
    },
  },
  event: {
    version: EVENT_VERSION,
    make: (workshop, id, ground) => {
      // Contracts that it began are its own: as if they were not there yet.
      const read = (path: string) =>
        ground.ledger.files[path]?.slice === id ? undefined : ground.read(path);
      return [eventSlice(workshop, wishOf<EventWish>(id, ground), { ...ground, read }).slice];
    },
  },
  consumer: {
    version: CONSUMER_VERSION,
    make: (workshop, id, ground) => [consumerSlice(workshop, wishOf<ConsumerWish>(id, ground), ground).slice],
  },
};

/**
 * Everything that was generated, from today's templates. What is written by functions instead of templates, from what
 * the code around it looks like, is made anew only by a newer version of them: else a person's own changes around it
 * would look like those of msx. Throws NOT_GENERATED and LEDGER_INVALID.
 */
export function slicesNow(workshop: Workshop, kit: Kit, ground: Ground): SlicesNow {
  const slices = new Map([[SYSTEM_SLICE, systemSlice(kit, ground)]]);
  const left: string[] = [];
  for (const [id, known] of Object.entries(ground.ledger.slices)) {
    const remake = remakes[known.template];
    if (!remake) continue;
    if (remake.version !== undefined && !isOlder(id, known, remake.version)) continue;
    try {
      for (const slice of remake.make(workshop, id, ground)) slices.set(slice.id, slice);
    } catch (error) {
      left.push(`${id}: ${asMsxError(error).message}`);
    }
  }
  return { slices: [...slices.values()], left };
}

function systemSlice(kit: Kit, { ledger }: Ground): Slice {
  const known = ledger.slices[SYSTEM_SLICE];
  if (!known) throw new MsxError('NOT_GENERATED', { what: 'a system', known: Object.keys(ledger.slices) });
  isOlder('the system', known, SYSTEM_VERSION);
  const files = systemFiles({ ...(known.inputs as unknown as SystemWish), first: false }, kit);
  return { ...known, id: SYSTEM_SLICE, version: SYSTEM_VERSION, files };
}

/** Throws LEDGER_INVALID for what a newer msx made. */
function isOlder(what: string, { version: was }: LedgerSlice, version: number): boolean {
  if (was <= version) return was < version;
  const reason = `${what} is of version ${was} of the templates, from a newer msx`;
  throw new MsxError('LEDGER_INVALID', { file: '.msx/ledger.json', reason });
}
