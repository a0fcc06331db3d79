import { Injectable } from '@nestjs/common';
import { Audit, type AuditEntryView, type AuditFilter } from '#audit';
import { Users, type UserView } from '#identity';
import { DomainError } from '#kernel';
import type { AuditPageQuery, AuditQuery } from './audit.query.js';
import { auditWords } from './audit.words.js';

/** An entry as pages, JSON and CSV show it. */
export interface AuditRow extends AuditEntryView {
  /** "Ada Maker", "Stripe", "The job sweep-payments". */
  readonly actor: string;
  /** What was done, in a few plain words. */
  readonly words: string;
}

const DAY_MS = 86_400_000;

/** The audit log with the names of people beside their ids. */
@Injectable()
export class AuditRows {
  constructor(
    private readonly audit: Audit,
    private readonly users: Users,
  ) {}

  async page(query: AuditPageQuery) {
    const page = await this.audit.page({ ...(await this.filterOf(query)), cursor: query.cursor });
    return { ...page, items: await this.named(page.items) };
  }

  /** Every row the filter lets through, in batches, with one look-up of names for each. */
  async *all(query: AuditQuery): AsyncGenerator<AuditRow[]> {
    for await (const entries of this.audit.batches(await this.filterOf(query))) yield this.named(entries);
  }

  private async filterOf(query: AuditQuery): Promise<AuditFilter> {
    return {
      action: query.action,
      subject: query.subject,
      actorId: await this.actorIdOf(query.actor),
      from: dayOf('from', query.from),
      until: query.to === undefined ? undefined : new Date(dayOf('to', query.to)!.getTime() + DAY_MS),
    };
  }

  private async actorIdOf(actor: string | undefined): Promise<string | undefined> {
    if (!actor?.includes('@')) return actor;
    // The address itself stands in no entry, so an unknown one finds nothing.
    return (await this.users.byEmail(actor))?.id ?? actor;
  }

  private async named(entries: readonly AuditEntryView[]): Promise<AuditRow[]> {
    const ids = entries.flatMap((entry) =>
      entry.actorKind === 'user' && entry.actorId ? [entry.actorId] : [],
    );
    const users = await this.users.byIds(ids);
    return entries.map((entry) => ({
      ...entry,
      actor: actorOf(entry, users),
      words: auditWords(entry.action),
    }));
  }
}

function actorOf({ actorKind, actorId }: AuditEntryView, users: Map<string, UserView>): string {
  if (actorKind === 'user') return users.get(actorId ?? '')?.name ?? actorId ?? '';
  if (actorKind === 'system') return `The program (${actorId})`;
  return actorKind === 'stripe' ? 'Stripe' : 'A guest';
}

function dayOf(field: string, day: string | undefined): Date | undefined {
  if (day === undefined) return undefined;
  const date = new Date(`${day}T00:00:00Z`);
  // The 31st of February has the right shape, and is no day.
  if (Number.isNaN(date.getTime()) || !date.toISOString().startsWith(day))
    throw DomainError.field(field, 'day_invalid', 'There is no such day.');
  return date;
}
