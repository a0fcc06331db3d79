import { Module } from '@nestjs/common';
import { AuditModule } from '#audit';
import { ApiKeys } from './api-keys.service.js';
import { MailLinks } from './mail-links.service.js';
import { Passwords } from './passwords.js';
import { Profiles } from './profiles.service.js';
import { RateLimits } from './rate-limits.service.js';
import { Sessions } from './sessions.service.js';
import { Users } from './users.service.js';

const face = [Users, Profiles, MailLinks, Sessions, ApiKeys, RateLimits];

@Module({ imports: [AuditModule], providers: [Passwords, ...face], exports: face })
export class IdentityModule {}
