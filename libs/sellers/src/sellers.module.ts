import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { IdentityModule } from '#identity';
import { AccountObject, AccountPages, CreateAccount } from './accounts.stripe.js';
import { ConnectedAccounts } from './connected-accounts.js';
import { SellerProfile } from './seller-profile.js';
import { SellerOnboarding } from './seller-onboarding.js';
import { SellerSignUp } from './seller-sign-up.js';
import { SellerTimeline } from './seller-timeline.js';
import { Sellers } from './sellers.service.js';
import { Standings } from './standings.js';

const face = [Sellers, SellerSignUp, SellerOnboarding, SellerProfile, SellerTimeline];

@Module({
  imports: [AuditModule, IdentityModule],
  providers: [...face, AccountObject, AccountPages, ConnectedAccounts, CreateAccount, Standings],
  exports: face,
})
export class SellersModule {}
