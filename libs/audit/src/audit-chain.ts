import { Injectable } from '@nestjs/common';
import { Cron, Log, Transactions } from '#platform';
import { breakAt, breakAtEnd, type ChainEnd, chainStart, type SealedEntry, sealOf } from './chain.rules.js';

/** What the last check of the whole chain found. */
export interface ChainState {
  readonly checkedAt: Date | null;
  readonly entries: number;
  /** Entries that the job has not sealed yet. */
  readonly waiting: number;
  readonly broken: { readonly position: number; readonly words: string } | null;
}

const BATCH = 1000;

/** The fields that are hashed, as text that does not depend on the session's settings. */
const sealedColumns = `id::text as id, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
  actor_kind, actor_id, action, subject, before::text as before, after::text as after, reason, position, hash`;

/** Makes a hash chain of the entries, in one place and one order, and finds where somebody tampered with it. */
@Injectable()
export class AuditChain {
  constructor(
    private readonly transactions: Transactions,
    private readonly log: Log,
  ) {}

  /** Ids are given before commits, so an entry may appear late: its position is the order in which it was found. */
  @Cron('audit.seal', '* * * * *')
  async seal(): Promise<void> {
    const end = await this.transactions.run(() => this.sealWaiting());
    // The log is kept elsewhere: whoever rewrites the whole chain in the database can't rewrite this line.
    if (end)
      this.log.info('audit chain sealed', { position: Number(end.position), hash: end.hash.toString('hex') });
  }

  /** Reads the whole chain, notes the result for the admins, and answers it. The first broken entry is named. */
  @Cron('audit.verify', '23 * * * *')
  async verify(): Promise<ChainState> {
    // One picture of chain and end, however many entries are sealed meanwhile.
    const { found, broken } = await this.transactions.run(async () => {
      await this.transactions.write(`set transaction isolation level repeatable read`);
      return this.walk();
    });
    await this.transactions.query(
      `update audit.chain set checked_at = now(), checked_entries = $1, broken_position = $2, broken_reason = $3`,
      [found.position, broken?.position ?? null, broken?.words ?? null],
    );
    if (broken)
      this.log.error('the audit chain is broken', {
        position: Number(broken.position),
        reason: broken.words,
      });
    return this.state();
  }

  async state(): Promise<ChainState> {
    const [row] = await this.transactions.query<{
      checkedAt: Date | null;
      entries: number;
      waiting: number;
      position: number | null;
      words: string | null;
    }>(
      `select checked_at as "checkedAt", coalesce(checked_entries, 0)::float8 as entries,
              (select count(*)::int from audit.entries where position is null) as waiting,
              broken_position::float8 as position, broken_reason as words
       from audit.chain`,
    );
    const { checkedAt, entries, waiting, position, words } = row!;
    const broken = position !== null && words !== null ? { position, words } : null;
    return { checkedAt, entries, waiting, broken };
  }

  private async sealWaiting(): Promise<ChainEnd | null> {
    let end = await this.notedEnd('for update');
    const start = end.position;
    for (;;) {
      const waiting = await this.transactions.write<SealedEntry>(
        `select ${sealedColumns} from audit.entries where position is null order by id limit $1`,
        [BATCH],
      );
      if (waiting.length === 0) break;
      const seals = waiting.map((entry) => {
        end = sealOf(end, entry);
        return { id: entry.id, ...end };
      });
      await this.transactions.write(
        `update audit.entries e set position = s.position, hash = decode(s.hash, 'hex')
         from unnest($1::bigint[], $2::bigint[], $3::text[]) as s(id, position, hash) where e.id = s.id`,
        [
          seals.map((seal) => seal.id),
          seals.map((seal) => seal.position.toString()),
          seals.map((seal) => seal.hash.toString('hex')),
        ],
      );
    }
    if (end.position === start) return null;
    await this.transactions.write(`update audit.chain set position = $1, hash = $2`, [
      end.position,
      end.hash,
    ]);
    return end;
  }

  private async walk(): Promise<{ found: ChainEnd; broken: { position: bigint; words: string } | null }> {
    const noted = await this.notedEnd();
    let end = chainStart;
    for (;;) {
      const entries = await this.transactions.write<SealedEntry>(
        `select ${sealedColumns} from audit.entries where position > $1 order by position limit $2`,
        [end.position, BATCH],
      );
      for (const entry of entries) {
        const words = breakAt(end, entry);
        if (words) return { found: end, broken: { position: end.position + 1n, words } };
        end = entry;
      }
      if (entries.length < BATCH) break;
    }
    const words = breakAtEnd(end, noted);
    const position = end.position < noted.position ? end.position + 1n : noted.position;
    return { found: end, broken: words ? { position, words } : null };
  }

  private async notedEnd(lock = ''): Promise<ChainEnd> {
    const [row] = await this.transactions.write<ChainEnd>(`select position, hash from audit.chain ${lock}`);
    return row!;
  }
}
