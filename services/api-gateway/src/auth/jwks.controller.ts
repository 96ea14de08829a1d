import { TokenVerifier } from '@msx/runtime';
import { Controller, Get, Header } from '@nestjs/common';

/** The keys that our tokens are checked with, for whoever else gets one (RFC 7517; RFC 8414 names the place). */
@Controller('.well-known')
export class JwksController {
  constructor(private readonly tokens: TokenVerifier) {}

  /** Kept for five minutes, which is how long before its first use a new key should be published. */
  @Get('jwks.json')
  @Header('content-type', 'application/jwk-set+json')
  @Header('cache-control', 'public, max-age=300')
  jwks(): string {
    return JSON.stringify(this.tokens.jwks());
  }
}
