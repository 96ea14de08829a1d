import type { InjectionToken } from '@nestjs/common';
import type { Config } from '../config/config.js';
import type { ValuesOf, Variables } from '../config/variable.js';

/** A service's own part of its configuration: which variables it reads, and what it makes of them. */
export interface ServiceSettings<S> {
  /** What the settings are injected by, anywhere in the service. */
  readonly token: InjectionToken;
  readonly variables: Variables;
  /** @param values what was read of the variables; those that nobody has set are missing */
  from(values: Readonly<Record<string, unknown>>, environment: Config['environment']): S;
}

interface SettingsParts<V extends Variables, S> extends Pick<ServiceSettings<S>, 'token'> {
  readonly variables: V;
  readonly from: (values: ValuesOf<V>, environment: Config['environment']) => S;
}

/** Ties what is made of variables to how they are read. */
export function defineSettings<V extends Variables, S>(parts: SettingsParts<V, S>): ServiceSettings<S> {
  return parts as ServiceSettings<S>;
}

export function settingsOf<S>(settings: ServiceSettings<S>, { own, environment }: Config): S {
  return settings.from(own, environment);
}
