import { TokenVerifier } from '@msx/runtime';
import { Controller, Get, Header } from '@nestjs/common';

/** Publishes the keys with which others verify our tokens (RFC 7517; the path is that of RFC 8414). */
@Controller('.well-known')
export class JwksController {
  constructor(private readonly tokens: TokenVerifier) {}

  /** Cached for five minutes: publish a new key at least that long before its first use. */
  @Get('jwks.json')
  @Header('content-type', 'application/jwk-set+json')
  @Header('cache-control', 'public, max-age=300')
  jwks(): string {
    return JSON.stringify(this.tokens.jwks());
  }
}
