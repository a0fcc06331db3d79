import { Module } from '@nestjs/common';
import { Attention } from './attention.js';
import { DailyFigures } from './daily-figures.js';
import { FeesEarned } from './fees-earned.js';
import { OrderReport } from './order-report.js';
import { ShopDesk } from './shop-desk.js';

const services = [Attention, DailyFigures, FeesEarned, OrderReport, ShopDesk];

@Module({ providers: services, exports: services })
export class ReportsModule {}
