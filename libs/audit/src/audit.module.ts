import { Module } from '@nestjs/common';
import { AuditChain } from './audit-chain.js';
import { Audit } from './audit.service.js';

@Module({ providers: [Audit, AuditChain], exports: [Audit, AuditChain] })
export class AuditModule {}
