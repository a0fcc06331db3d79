import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Clock, InvariantError, newId } from '#kernel';
import { Log, Transactions } from '#platform';
import { classify, type StripeRefusal, stripeUnavailable, toRefusal } from './stripe-errors.js';

/** Stripe keeps the first answer to a key for at least 24 hours; an hour is left for slow clocks. */
const KEY_LIFE_MS = 23 * 60 * 60 * 1000;
/** A request that is refused so often with mended figures is refused for good. */
const MOST_MENDED = 3;

export interface Attempt<Request extends object = object> {
  readonly id: string;
  readonly kind: string;
  readonly subject_id: string;
  readonly number: number;
  readonly stripe_account: string | null;
  readonly request: Request;
  readonly idempotency_key: string;
  readonly state: 'open' | 'done' | 'refused' | 'superseded';
  readonly look_first: boolean;
  readonly result_id: string | null;
  readonly error_code: string | null;
  readonly error_message: string | null;
  readonly opened_at: Date;
}

export interface CallOptions {
  readonly idempotencyKey: string;
  readonly stripeAccount?: string;
}

/** One kind of write to Stripe. Declared with `@StripeWriteKind`, so that the list of kinds comes from the code. */
export interface StripeWrite<Request extends object, Result extends { id: string }> {
  call(request: Request, options: CallOptions): Promise<Result>;
  /** Takes in what Stripe made; inside a transaction; the same method that webhooks and sweeps end in. */
  record(result: Result, attempt: Attempt<Request>): Promise<void>;
  /** Stripe said no for good; inside a transaction. */
  refused(refusal: StripeRefusal, attempt: Attempt<Request>): Promise<void>;
  /** The request that would not be refused again, such as one whose time had passed; null where there is none. */
  mended?(refusal: StripeRefusal, attempt: Attempt<Request>): Request | null;
  /** Looks for what an attempt may have made, by our ids in its metadata. Outside a transaction. */
  find(attempt: Attempt<Request>): Promise<Result | null>;
}

interface Outcome {
  readonly state: 'done' | 'refused';
  readonly resultId?: string;
  readonly code?: string;
  readonly message?: string;
}

const KIND = Symbol('stripe write kind');
export function StripeWriteKind(kind: string): ClassDecorator {
  return (target) => Reflect.defineMetadata(KIND, kind, target);
}

type AnyWrite = StripeWrite<object, { id: string }>;

/**
 * Persist the attempt → call → persist the outcome. A crash at any point is taken up again with the same key, by whoever
 * performs it next: the caller's next try, or `AttemptWorker`.
 */
@Injectable()
export class Attempts implements OnApplicationBootstrap {
  private readonly writes = new Map<string, AnyWrite>();

  constructor(
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly log: Log,
    private readonly discovery: DiscoveryService,
  ) {}

  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders() as { instance?: object }[]) {
      const kind = instance && (Reflect.getMetadata(KIND, instance.constructor) as string | undefined);
      if (!instance || !kind) continue;
      if (this.writes.has(kind)) throw new InvariantError(`two classes write “${kind}” to Stripe`);
      this.writes.set(kind, instance as AnyWrite);
    }
  }

  /** Every kind of write, for tests that kill the process at each step. */
  get kinds(): string[] {
    return [...this.writes.keys()].sort();
  }

  /**
   * Notes what will be asked, in the caller's transaction. Answers the open attempt if there is one already. Its
   * `resume_at` lets the worker go on with it in a minute, should nobody else.
   */
  async open<Request extends object>(
    kind: string,
    subjectId: string,
    request: Request,
    stripeAccount?: string,
  ): Promise<Attempt<Request>> {
    if (!this.writes.has(kind)) throw new InvariantError(`nobody writes “${kind}” to Stripe`);
    const id = newId('att');
    const [row] = await this.transactions.write<Attempt<Request>>(
      `with last as (select coalesce(max(number), 0) as number from stripe.attempts where kind = $2 and subject_id = $3)
       insert into stripe.attempts (id, kind, subject_id, number, stripe_account, request, idempotency_key, state, opened_at)
       select $1, $2, $3, last.number + 1, $4, $5, $2 || ':' || $3 || ':' || (last.number + 1), 'open', $6 from last
       on conflict (kind, subject_id) where state = 'open' do update set tries = attempts.tries
       returning *`,
      [id, kind, subjectId, stripeAccount ?? null, JSON.stringify(request), this.clock.now()],
    );
    return row!;
  }

  /**
   * Makes the call and takes its outcome in. Answers the attempt as it is then: `done` or `refused`. An attempt that
   * somebody else has ended since it was read is asked again under its key, and answered as that one left it.
   * Throws `stripe_unavailable` when nobody knows yet; the worker goes on with it by itself.
   */
  async perform(attempt: Attempt): Promise<Attempt> {
    if (attempt.state !== 'open') return attempt;
    const write = this.writes.get(attempt.kind);
    if (!write) throw new InvariantError(`nobody writes “${attempt.kind}” to Stripe`);
    if (attempt.look_first || this.clock.now().getTime() - attempt.opened_at.getTime() > KEY_LIFE_MS) {
      return this.lookFirst(attempt, write);
    }
    return this.call(attempt, write);
  }

  /** The newest attempt of this kind for this subject. */
  async latest(kind: string, subjectId: string): Promise<Attempt | null> {
    const [row] = await this.transactions.query<Attempt>(
      `select * from stripe.attempts where kind = $1 and subject_id = $2 order by number desc limit 1`,
      [kind, subjectId],
    );
    return row ?? null;
  }

  async byId(id: string): Promise<Attempt> {
    const [row] = await this.transactions.query<Attempt>(`select * from stripe.attempts where id = $1`, [id]);
    if (!row) throw new InvariantError(`attempt ${id} does not exist`);
    return row;
  }

  private async call(attempt: Attempt, write: AnyWrite): Promise<Attempt> {
    let result: { id: string };
    try {
      result = await write.call(attempt.request, {
        idempotencyKey: attempt.idempotency_key,
        ...(attempt.stripe_account && { stripeAccount: attempt.stripe_account }),
      });
    } catch (error) {
      return this.failed(error, attempt, write);
    }
    return this.finish(attempt, write, result);
  }

  private async failed(error: unknown, attempt: Attempt, write: AnyWrite): Promise<Attempt> {
    const kind = classify(error);
    if (kind === 'ours') throw error;
    if (kind === 'refused') {
      const refusal = toRefusal(error);
      const mended = attempt.number < MOST_MENDED ? write.mended?.(refusal, attempt) : null;
      if (mended) return this.perform(await this.next(attempt, 'refused', mended));
      const { code, message } = refusal;
      return this.close(attempt, { state: 'refused', code, message }, () => write.refused(refusal, attempt));
    }
    const { message } = error as Error;
    this.log.warn('Stripe did not answer an attempt', {
      kind: attempt.kind,
      attempt: attempt.id,
      reason: message,
    });
    await this.transactions.query(
      `update stripe.attempts set look_first = look_first or $2, error_message = $3 where id = $1 and state = 'open'`,
      [attempt.id, kind === 'stored_failure', message],
    );
    throw stripeUnavailable();
  }

  /** The key can't be trusted any more: what is there is taken; only what is not is tried anew, with the next key. */
  private async lookFirst(attempt: Attempt, write: AnyWrite): Promise<Attempt> {
    const found = await write.find(attempt);
    if (found) return this.finish(attempt, write, found);
    return this.perform(await this.next(attempt, 'superseded', attempt.request));
  }

  /** Of two who get here with the same attempt, the second goes on with what the first made of it. */
  private next(attempt: Attempt, state: 'refused' | 'superseded', request: object): Promise<Attempt> {
    const { id, kind, subject_id: subjectId, stripe_account: account } = attempt;
    return this.transactions.run(async () => {
      const [ended] = await this.transactions.write(
        `update stripe.attempts set state = $2, finished_at = now() where id = $1 and state = 'open' returning id`,
        [id, state],
      );
      if (!ended) return (await this.latest(kind, subjectId))!;
      return this.open(kind, subjectId, request, account ?? undefined);
    });
  }

  private finish(attempt: Attempt, write: AnyWrite, result: { id: string }): Promise<Attempt> {
    return this.close(attempt, { state: 'done', resultId: result.id }, () => write.record(result, attempt));
  }

  /** Two who perform the same attempt get the same answer from Stripe; only the first takes it in. */
  private close(attempt: Attempt, outcome: Outcome, work: () => Promise<void>): Promise<Attempt> {
    return this.transactions.run(async () => {
      const [closed] = await this.transactions.write<Attempt>(
        `update stripe.attempts set state = $2, result_id = $3, error_code = $4, error_message = $5, finished_at = now()
         where id = $1 and state = 'open' returning *`,
        [attempt.id, outcome.state, outcome.resultId ?? null, outcome.code ?? null, outcome.message ?? null],
      );
      if (!closed) return this.byId(attempt.id);
      await work();
      return closed;
    });
  }
}
