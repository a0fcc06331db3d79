import { createHash } from 'node:crypto';

/** Of random secrets only; passwords are slow-hashed in passwords.ts. */
export const digest = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** One spelling per address: people type capitals and spaces, and mean the same mailbox. */
export const normalEmail = (email: string): string => email.normalize('NFC').trim().toLowerCase();
