export { Attention, type AttentionCounts, COUNTED_UP_TO } from './attention.js';
export { DailyFigures, type DailySeries } from './daily-figures.js';
export { FeesEarned, type FeesEarnedFilter, type FeesEarnedRow } from './fees-earned.js';
export { type OrderMovement, OrderReport } from './order-report.js';
export { ReportsModule } from './reports.module.js';
