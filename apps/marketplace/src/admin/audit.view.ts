import { Injectable } from '@nestjs/common';
import { Audit, type AuditEntryView, type AuditFilter } from '#audit';
import { Users, type UserView } from '#identity';
import { endOf, startOf } from '../http/index.js';
import type { AuditQuery } from './audit.query.js';
import { auditWords } from './audit.words.js';

/** An entry as pages, JSON and CSV show it. */
export interface AuditRow extends AuditEntryView {
  /** "Ada Maker", "Stripe", "The job sweep-payments". */
  readonly actor: string;
  /** What was done, in a few plain words. */
  readonly words: string;
}

/** The audit log with the names of people beside their ids. */
@Injectable()
export class AuditRows {
  constructor(
    private readonly audit: Audit,
    private readonly users: Users,
  ) {}

  async page(query: AuditQuery) {
    const page = await this.audit.page({ ...(await this.filterOf(query)), cursor: query.cursor });
    return { ...page, items: await this.named(page.items) };
  }

  /** Every row the filter lets through, with one look-up of names for each batch. */
  async *all(query: AuditQuery): AsyncGenerator<AuditRow> {
    const filter = await this.filterOf(query);
    for await (const entries of this.audit.batches(filter)) yield* await this.named(entries);
  }

  private async filterOf(query: AuditQuery): Promise<AuditFilter> {
    return {
      action: query.action,
      subject: query.subject,
      actorId: await this.actorIdOf(query.actor),
      from: startOf('from', query.from),
      until: endOf('to', query.to),
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
