import type { DemoShop } from './demo-shop.js';
import { asagiriTea } from './shops/asagiri-tea.js';
import { falzUndFaden } from './shops/falz-und-faden.js';
import { hiveAndWick } from './shops/hive-and-wick.js';
import { redfernPottery } from './shops/redfern-pottery.js';

export type { DemoCategory, DemoListing, DemoShop } from './demo-shop.js';

/** What the marketplace holds on its first start; prices are minor units of the shop's currency. */
export const demoShops: DemoShop[] = [redfernPottery, falzUndFaden, asagiriTea, hiveAndWick];
