import { domainEvent } from '#platform';

/** Somebody asked for a link by mail. Whether a mail goes out, and which, `MailLinks.letter` decides. */
export class MailLinkRequested extends domainEvent<{ linkId: string }>('identity.mail_link_requested') {}

/** A person's password is another one now: they hear about it, in case it was not them. */
export class PasswordChanged extends domainEvent<{ userId: string; changeId: string }>(
  'identity.password_changed',
) {}
