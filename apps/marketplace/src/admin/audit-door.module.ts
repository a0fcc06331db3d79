import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { IdentityModule } from '#identity';
import { AuditApi } from './audit.api.js';
import { AuditPages } from './audit.pages.js';
import { AuditRows } from './audit.view.js';

/** The admins' audit log: page, CSV and JSON. */
@Module({
  imports: [AuditModule, IdentityModule],
  controllers: [AuditPages, AuditApi],
  providers: [AuditRows],
})
export class AuditDoorModule {}
