import { brokenRules } from './lint.js';

describe('database-owner', () => {
  const inRefunds = (source: string) => brokenRules('libs/refunds/src/refunds.service.ts', source);

  it.each([
    "import { DataSource } from 'typeorm';",
    "import type { Repository } from 'typeorm';",
    "import * as orm from 'typeorm';",
    "import { Repository } from 'typeorm/repository/Repository.js';",
    "export { Repository } from 'typeorm';",
    "export * from 'typeorm';",
    "const orm = await import('typeorm');",
    "import { InjectRepository } from '@nestjs/typeorm';",
    "import { InjectDataSource as Inject } from '@nestjs/typeorm';",
  ])('refuses %s', (source) => {
    expect(inRefunds(source)).toEqual(['guildhall/database-owner']);
  });

  it('lets entities describe their columns, and platform hold the connection', () => {
    expect(inRefunds("import { Column, Entity, PrimaryColumn } from 'typeorm';")).toEqual([]);
    expect(brokenRules('libs/platform/src/transactions.ts', "import { DataSource } from 'typeorm';")).toEqual(
      [],
    );
  });
});

describe('stripe-at-the-edge', () => {
  const SOURCE = "import Stripe from 'stripe';";

  it('refuses the SDK as a value outside of its two places', () => {
    const broken = ['guildhall/stripe-at-the-edge'];
    expect(brokenRules('libs/refunds/src/refunds.service.ts', SOURCE)).toEqual(broken);
    expect(brokenRules('apps/marketplace/src/webhooks/a.ts', "const s = await import('stripe');")).toEqual(
      broken,
    );
    expect(brokenRules('libs/refunds/src/a.ts', "export { Stripe } from 'stripe';")).toEqual(broken);
    expect(
      brokenRules('libs/refunds/src/a.ts', "import { Stripe } from 'stripe/esm/stripe.core.js';"),
    ).toEqual(broken);
  });

  it('allows it in libs/stripe and *.stripe.ts, and its types anywhere', () => {
    expect(brokenRules('libs/stripe/src/client.ts', SOURCE)).toEqual([]);
    expect(brokenRules('libs/refunds/src/refunds.stripe.ts', SOURCE)).toEqual([]);
    expect(brokenRules('libs/refunds/src/refunds.record.ts', "import type Stripe from 'stripe';")).toEqual(
      [],
    );
    expect(brokenRules('apps/stripe-emulator/src/a.ts', "import { type Stripe } from 'stripe';")).toEqual([]);
  });
});

describe('guarded-routes', () => {
  const inMarketplace = (source: string) => brokenRules('apps/marketplace/src/seller/a.pages.tsx', source);

  it('refuses a route that does not say who may call it', () => {
    expect(inMarketplace("@Controller('a') class A { @Get() show() {} }")).toEqual([
      'guildhall/guarded-routes',
    ]);
    expect(
      inMarketplace("@Controller('a') class A { @Get() @Public() show() {} @Post('x') make() {} }"),
    ).toEqual(['guildhall/guarded-routes']);
  });

  it.each(['Public', 'SignedIn', 'AdminOnly', 'SellerMember'])(
    'accepts @%s() on the class or on the route',
    (guard) => {
      expect(inMarketplace(`@Controller('a') @${guard}() class A { @Get() show() {} helper() {} }`)).toEqual(
        [],
      );
      expect(inMarketplace(`@Controller('a') class A { @${guard}() @Get() show() {} }`)).toEqual([]);
    },
  );
});

describe('own-schema', () => {
  const inRefunds = (source: string) => brokenRules('libs/refunds/src/refunds.store.ts', source);
  const broken = ['guildhall/own-schema'];

  it.each([
    'const q = "SELECT * FROM orders.purchase";',
    'const q = `SELECT id FROM refunds.refund r JOIN "payments"."charge" c ON true WHERE id = ${id}`;',
    "const q = 'DELETE FROM refunds.refund USING debts.debt d';",
    "const q = 'update ledger.account set n = 1';",
  ])('refuses the tables of another module: %s', (source) => {
    expect(inRefunds(source)).toEqual(broken);
  });

  it('refuses an entity in another schema, or in none', () => {
    expect(inRefunds("@Entity({ schema: 'orders', name: 'order' }) class A {}")).toEqual(broken);
    expect(inRefunds("@Entity('refund') class A {}")).toEqual(broken);
    expect(inRefunds("@Entity({ schema: 'refunds', name: 'refund' }) class A {}")).toEqual([]);
  });

  it('allows its own tables, event names and plain words', () => {
    expect(inRefunds("const q = 'SELECT r.id FROM refunds.refund r';")).toEqual([]);
    expect(inRefunds("publish('orders.paid');")).toEqual([]);
    expect(inRefunds(`const q = "SELECT * FROM refunds.event WHERE name = 'orders.paid'";`)).toEqual([]);
  });

  it('lets reports read every schema', () => {
    expect(brokenRules('libs/reports/src/fees.ts', "const q = 'SELECT * FROM orders.order';")).toEqual([]);
  });
});
