import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { HistoryType } from './history-type.js';
import { Histories } from './histories.js';

export const HISTORIES = Symbol('histories');

/** Provides `Histories`, and tells the `db` commands which aggregates have one. Requires DatabaseModule. */
@Module({})
export class HistoryModule {
  static forRoot(histories: readonly HistoryType[]): DynamicModule {
    return {
      module: HistoryModule,
      global: true,
      providers: [
        { provide: HISTORIES, useValue: histories },
        {
          provide: Histories,
          useFactory: (database: Database) => new Histories(database),
          inject: [Database],
        },
      ],
      exports: [Histories],
    };
  }
}
