export { type ApiKeyView, ApiKeys } from './api-keys.service.js';
export { MailLinkRequested, PasswordChanged } from './identity.events.js';
export { IdentityModule } from './identity.module.js';
export { type Confirmed, type Letter, MailLinks, type PendingSignUp } from './mail-links.service.js';
export { PASSWORD_MAX, PASSWORD_MIN } from './password.rules.js';
export { Profiles } from './profiles.service.js';
export { RateLimits } from './rate-limits.service.js';
export { SESSION_DAYS, type SessionView, Sessions } from './sessions.service.js';
export { type UserView, Users } from './users.service.js';
