import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addressKey } from '../rate-limits/address-key.js';
import { rateLimited } from '../rate-limits/rate-limited.js';
import { RATE_LIMIT_STORE } from '../rate-limits/rate-limit-store.js';
import type { RateLimitStore } from '../rate-limits/rate-limit-store.js';
import { SETTINGS } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';

/**
 * Bounds how often one address may try the passwords of one account. Another address is not held up by it, or anyone could
 * lock anyone out.
 */
@Injectable()
export class LoginLimit {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RATE_LIMIT_STORE) private readonly store: RateLimitStore,
  ) {}

  /** @throws DomainError RATE_LIMITED */
  async take(address: string, email: string): Promise<void> {
    const { login } = this.settings.rates;
    if (!login) return;
    const account = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
    const taken = await this.store.take(`login:${addressKey(address)}:${account}`, login);
    if (!taken.allowed) throw rateLimited(taken);
  }
}
