import type { InjectionToken } from '@nestjs/common';
import type { Config } from '../config/config.js';
import type { ValuesOf, Variables } from '../config/variable.js';

/** The service-specific settings: the variables that it reads, and the object made from them. */
export interface ServiceSettings<S> {
  /** The injection token of the settings. */
  readonly token: InjectionToken;
  readonly variables: Variables;
  /** @param values the values of the variables; those that are not set are missing */
  from(values: Readonly<Record<string, unknown>>, environment: Config['environment']): S;
}

interface SettingsParts<V extends Variables, S> extends Pick<ServiceSettings<S>, 'token'> {
  readonly variables: V;
  readonly from: (values: ValuesOf<V>, environment: Config['environment']) => S;
}

/** Defines settings, with the type of `from` derived from the variables. */
export function defineSettings<V extends Variables, S>(parts: SettingsParts<V, S>): ServiceSettings<S> {
  return parts as ServiceSettings<S>;
}

export function settingsOf<S>(settings: ServiceSettings<S>, { own, environment }: Config): S {
  return settings.from(own, environment);
}
