import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { ServiceContext } from '../../context/service-context.js';
import { TokenIssuer } from './token-issuer.js';

/** For the service that users sign in to: provides `TokenIssuer`, and makes JWT_KEYS part of its configuration. */
@Module({})
export class TokenIssuerModule {
  static forRoot(): DynamicModule {
    return {
      module: TokenIssuerModule,
      providers: [
        {
          provide: TokenIssuer,
          inject: [ServiceContext],
          useFactory: ({ config: { auth } }: ServiceContext) =>
            new TokenIssuer(auth.signingKeys, auth, auth.accessTokenTtl),
        },
      ],
      exports: [TokenIssuer],
    };
  }
}
