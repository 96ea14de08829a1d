import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { addressKey } from '../rate-limits/address-key.js';
import { rateLimited } from '../rate-limits/rate-limited.js';
import { RATE_LIMIT_STORE } from '../rate-limits/rate-limit-store.js';
import type { RateLimitStore } from '../rate-limits/rate-limit-store.js';
import { SETTINGS } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';

/**
 * Limits the passwords of one client address, since each is hashed slowly on purpose: how many it may try for one account, and
 * how many it may try or set for all accounts. Each field of a request counts. Other addresses are not affected, or anyone
 * could lock anyone out.
 */
@Injectable()
export class LoginLimit {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RATE_LIMIT_STORE) private readonly store: RateLimitStore,
  ) {}

  /** @throws DomainError RATE_LIMITED */
  async take(address: string, email: string): Promise<void> {
    await this.takeHash(address);
    const { login } = this.settings.rates;
    if (!login) return;
    const account = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
    const result = await this.store.take(`login:${addressKey(address)}:${account}`, login);
    if (!result.allowed) throw rateLimited(result);
  }

  /** For setting a password; `take` is for trying one. @throws DomainError RATE_LIMITED */
  async takeHash(address: string): Promise<void> {
    const { passwords } = this.settings.rates;
    if (!passwords) return;
    const result = await this.store.take(`passwords:${addressKey(address)}`, passwords);
    if (!result.allowed) throw rateLimited(result);
  }
}
