import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { apps, libs } from '../../tools/module-map.js';
import { brokenRules, violations } from './lint.js';

const BROKEN = ['guildhall/module-map'];
const inOrders = (source: string) => brokenRules('libs/orders/src/orders.service.ts', source);

describe('the module map', () => {
  it('lets a module import what stands right of it, and nothing else', () => {
    expect(inOrders("import { CatalogService } from '#catalog';")).toEqual([]);
    expect(inOrders("import { PaymentsService } from '#payments';")).toEqual(BROKEN);
  });

  it.each([
    ['static', "import { x } from '#payments';"],
    ['for its effects', "import '#payments';"],
    ['type-only', "import type { X } from '#payments';"],
    ['an inline type', "let x: import('#payments').X;"],
    ['dynamic', "const x = await import('#payments');"],
    ['dynamic by template', 'const x = await import(`#payments`);'],
    ['a re-export of names', "export { x } from '#payments';"],
    ['a re-export of everything', "export * from '#payments';"],
    ['require', "const x = require('#payments');"],
    ['import equals', "import x = require('#payments');"],
    ['relative', "import { x } from '../../payments/src/index.js';"],
    ['relative past the public face', "import { x } from '../../catalog/src/listing.entity.js';"],
    ['an inner file by its name', "import { x } from '#catalog/listing.entity.js';"],
    ['the build', "import { x } from '../../../dist/libs/catalog/src/index.js';"],
    ['an app', "import { x } from '../../../apps/marketplace/src/app.module.js';"],
    ['a test helper from a source', "import { x } from '../../../test/support/world.js';"],
    ['a name made at run time', 'const x = await import(name);'],
    ['an absolute path', "import x from '/work/libs/catalog/src/index.ts';"],
  ])('sees an import that is %s', (_kind, source) => {
    expect(inOrders(source)).toEqual(BROKEN);
  });

  it('lets a file inside a named package be chosen at run time', () => {
    expect(inOrders('const path = require.resolve(`@fontsource-variable/inter/files/${font}`);')).toEqual([]);
  });

  it('is not silenced by a comment', () => {
    expect(inOrders("/* eslint-disable */ import { x } from '#payments'; // eslint-disable-line")).toEqual(
      expect.arrayContaining(BROKEN),
    );
  });

  it('keeps the emulator apart from the libs and the other apps', () => {
    const inEmulator = (source: string) => brokenRules('apps/stripe-emulator/src/engine/a.ts', source);
    expect(inEmulator("import { Clock } from './clock.js';")).toEqual([]);
    expect(inEmulator("import { Money } from '#kernel';")).toEqual(BROKEN);
    expect(inEmulator("import { x } from '../../../marketplace/src/main.js';")).toEqual(BROKEN);
  });

  it('keeps the kernel at the bottom', () => {
    expect(brokenRules('libs/kernel/src/money.ts', "import { x } from '#platform';")).toEqual(BROKEN);
    expect(
      brokenRules('libs/stripe/src/a.ts', "import { x } from '#kernel'; import { y } from '#platform';"),
    ).toEqual([]);
  });

  it('lets specs use the test support, and tests use every public face', () => {
    expect(
      brokenRules('libs/orders/src/a.spec.ts', "import { x } from '../../../test/support/world.js';"),
    ).toEqual([]);
    expect(brokenRules('test/journeys/a.spec.ts', "import { x } from '#payments';")).toEqual([]);
    expect(
      brokenRules('test/journeys/a.spec.ts', "import { x } from '../../libs/payments/src/a.js';"),
    ).toEqual(BROKEN);
  });

  it('says so when a module is not on the map', () => {
    expect(violations('libs/loans/src/index.ts', "import { x } from '#kernel';").join()).toContain(
      'libs/loans is not on',
    );
  });

  it('has a row for every folder of libs and apps', () => {
    const folders = (name: string) => readdirSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)));
    expect(Object.keys(libs)).toEqual(expect.arrayContaining(folders('libs')));
    expect(Object.keys(apps)).toEqual(expect.arrayContaining(folders('apps')));
  });

  it('has no circle: every module stands above all that it imports', () => {
    const order = Object.keys(libs);
    const upward = order.flatMap(
      (name) => libs[name]?.filter((other) => order.indexOf(other) >= order.indexOf(name)) ?? [],
    );
    expect(upward).toEqual([]);
  });
});
