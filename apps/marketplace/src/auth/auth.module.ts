import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CheckoutModule } from '#checkout';
import { IdentityModule } from '#identity';
import { SellersModule } from '#sellers';
import { AccountApi } from './account.api.js';
import { AccountPages } from './account.pages.js';
import { Accounts } from './accounts.js';
import { AccessCheck } from './access-check.js';
import { AccessGuard } from './access.guard.js';
import { Authenticator } from './authenticator.js';
import { CrossSiteGuard } from './cross-site.js';
import { LinksPages } from './links.pages.js';
import { SessionApi } from './session.api.js';
import { SessionCookie } from './session-cookie.js';
import { SignInPages } from './sign-in.pages.js';
import { SignIns } from './sign-ins.js';

/** Who asks, and what they may: strategies, sessions, guards for every route, and the pages to sign up and in. */
@Module({
  imports: [CheckoutModule, DiscoveryModule, IdentityModule, SellersModule],
  controllers: [SignInPages, LinksPages, AccountPages, SessionApi, AccountApi],
  providers: [
    Authenticator,
    SessionCookie,
    SignIns,
    Accounts,
    AccessCheck,
    { provide: APP_GUARD, useClass: CrossSiteGuard },
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
export class AuthModule {}
