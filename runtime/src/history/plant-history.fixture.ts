import { EntitySchema } from 'typeorm';
import { defineHistory } from './history-type.js';

export interface Plant {
  readonly id: string;
  readonly name: string;
  readonly millilitres: number;
  readonly version: number;
}

export type PlantState = Pick<Plant, 'name' | 'millilitres'>;

export type PlantChange =
  | { readonly type: 'planted'; readonly data: { readonly name: string } }
  | { readonly type: 'watered'; readonly data: { readonly millilitres: number } };

export const PlantRow = new EntitySchema<Plant>({
  name: 'Plant',
  tableName: 'plants',
  columns: {
    id: { type: 'varchar', primary: true },
    name: { type: 'varchar' },
    millilitres: { type: 'integer' },
    version: { type: 'integer' },
  },
});

/** Plants were watered in litres first, then in millilitres under another name. */
export const plantHistory = defineHistory<PlantState, PlantChange, Plant>({
  entity: 'plant',
  row: PlantRow,
  key: 'id',
  events: {
    planted: [],
    watered: [({ litres }) => ({ amount: Number(litres) * 1000 }), ({ amount }) => ({ millilitres: amount })],
  },
  snapshotEvery: 4,
  apply(state, event) {
    if (event.type === 'planted') return { name: event.data.name, millilitres: 0 };
    return { name: state!.name, millilitres: state!.millilitres + event.data.millilitres };
  },
  toRow: (state, { id, version }) => ({ ...state, id, version }),
});
