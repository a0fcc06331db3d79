import type { DemoShop } from '../demo/index.js';

/** The shops of a demo; loaded on demand, since drawing their pictures is nothing a running shop should pay for. */
export async function demoGoods(): Promise<readonly DemoShop[]> {
  return (await import('../demo/index.js')).demoShops;
}

export type { DemoListing, DemoShop } from '../demo/index.js';
