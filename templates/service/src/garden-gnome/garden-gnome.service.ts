import {
  checkBatch,
  checkRow,
  Database,
  type DomainError,
  isId,
  newId,
  type Page,
  rowsOf,
} from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { GardenGnome } from './garden-gnome.entity.js';
import { gardenGnomeErrors } from './garden-gnome.errors.js';
import { GardenGnomeEvents } from './garden-gnome.events.js';
import { checkedGardenGnome, checkedNewGardenGnome, type GardenGnomeChanges } from './garden-gnome.rules.js';

@Injectable()
export class GardenGnomeService {
  constructor(
    private readonly database: Database,
    private readonly events: GardenGnomeEvents,
  ) {}

  /** @throws DomainError VALIDATION_FAILED */
  async create(fields: GardenGnomeChanges): Promise<GardenGnome> {
    const now = new Date();
    const checked = checkedNewGardenGnome(fields);
    const gardenGnome = Object.assign(new GardenGnome(), checked, {
      id: newId(),
      createdAt: now,
      updatedAt: now,
    });
    checkRow(gardenGnome);
    return this.database.transaction(async (tx) => {
      await tx.insert(GardenGnome, gardenGnome);
      await this.events.created(tx, gardenGnome);
      return gardenGnome;
    });
  }

  /**
   * Updates the given fields; null clears a field, unless it is required.
   * @throws DomainError VALIDATION_FAILED, GARDEN_GNOME_NOT_FOUND
   */
  async update(id: string, fields: GardenGnomeChanges): Promise<GardenGnome> {
    const changes = { ...checkedGardenGnome(fields), updatedAt: new Date() };
    return this.database.transaction(async (tx) => {
      const { affected } = isId(id) ? await tx.update(GardenGnome, { id }, changes) : { affected: 0 };
      if (!affected) throw notFound(id);
      const gardenGnome = await tx.findOneByOrFail(GardenGnome, { id });
      checkRow(gardenGnome);
      await this.events.updated(tx, gardenGnome);
      return gardenGnome;
    });
  }

  /**
   * Returns the deleted garden gnome.
   * @throws DomainError GARDEN_GNOME_NOT_FOUND
   */
  async delete(id: string): Promise<GardenGnome> {
    return this.database.transaction(async (tx) => {
      const gardenGnome = isId(id) ? await tx.findOneBy(GardenGnome, { id }) : null;
      const { affected } = gardenGnome ? await tx.delete(GardenGnome, { id }) : { affected: 0 };
      if (!gardenGnome || !affected) throw notFound(id);
      await this.events.deleted(tx, gardenGnome);
      return gardenGnome;
    });
  }

  /** @throws DomainError GARDEN_GNOME_NOT_FOUND */
  async get(id: string): Promise<GardenGnome> {
    const gardenGnome = isId(id) ? await this.database.read.findOneBy(GardenGnome, { id }) : null;
    if (!gardenGnome) throw notFound(id);
    return gardenGnome;
  }

  /** The garden gnomes that exist among `ids`, in no particular order. */
  async batch(ids: readonly string[]): Promise<GardenGnome[]> {
    checkBatch(ids);
    return this.database.read.findBy(GardenGnome, { id: In(ids.filter(isId)) });
  }

  async list(page: Page): Promise<GardenGnome[]> {
    const order = { createdAt: 'ASC', id: 'ASC' } as const;
    return this.database.read.find(GardenGnome, { order, ...rowsOf(page) });
  }

  async count(): Promise<number> {
    return this.database.read.count(GardenGnome);
  }
}

function notFound(id: string): DomainError {
  const message = `there is no garden gnome ${JSON.stringify(id.slice(0, 64))}`;
  return gardenGnomeErrors.GARDEN_GNOME_NOT_FOUND(message);
}
