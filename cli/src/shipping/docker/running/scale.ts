import { MsxError } from '../../../terminal/errors/msx-error.js';
import type { ComposeService } from './compose-model.js';

export type Scale = Record<string, number>;

/** `user-service=3`, each at most once. Throws SCALE_INVALID. */
export function parseScale(texts: readonly string[]): Scale {
  const scale: Scale = {};
  for (const text of texts) {
    const [, name, count] = /^([^=\s]+)=(\d{1,3})$/.exec(text) ?? [];
    if (!name) throw new MsxError('SCALE_INVALID', { given: text, reason: 'expected SERVICE=NUMBER' });
    if (name in scale) throw new MsxError('SCALE_INVALID', { given: text, reason: `${name} is given twice` });
    scale[name] = Number(count);
  }
  return scale;
}

/** Only services that start can be scaled, and only those without a published port. Throws SCALE_INVALID. */
export function checkScale(scale: Scale, services: readonly ComposeService[]): void {
  for (const [name, count] of Object.entries(scale))
    if (!services.some((each) => each.name === name)) {
      const reason = `${name} is not one of the services to start`;
      throw new MsxError('SCALE_INVALID', { given: `${name}=${count}`, reason });
    }
  for (const { name, ports } of services)
    if ((scale[name] ?? 1) > 1 && ports.length > 0) {
      const reason = `only one container can publish port ${ports[0]}`;
      throw new MsxError('SCALE_INVALID', { given: `${name}=${scale[name]}`, reason });
    }
}
