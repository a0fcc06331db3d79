export { Attention, type AttentionCounts, COUNTED_UP_TO } from './attention.js';
export { DailyFigures, type DailySeries, type ShopSeries } from './daily-figures.js';
export { FeesEarned, type FeesEarnedFilter, type FeesEarnedRow } from './fees-earned.js';
export { type OrderMovement, OrderReport } from './order-report.js';
export { type LowListing, ShopDesk, type ShopDeskFigures, TO_SEND_COUNTED_UP_TO } from './shop-desk.js';
export { ReportsModule } from './reports.module.js';
