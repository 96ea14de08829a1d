import { Module } from '@nestjs/common';
import type { DynamicModule, Type } from '@nestjs/common';
import { SETTINGS } from './settings.js';
import type { Settings } from './settings.js';

/** Around the application: gives all of it the settings it runs with. */
@Module({})
export class SettingsModule {
  static around(application: Type, settings: Settings): DynamicModule {
    const providers = [{ provide: SETTINGS, useValue: settings }];
    return { module: SettingsModule, global: true, imports: [application], providers, exports: [SETTINGS] };
  }
}
