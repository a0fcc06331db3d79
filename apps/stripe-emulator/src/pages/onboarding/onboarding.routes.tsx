import type { FastifyInstance, FastifyReply } from 'fastify';
import type { OnboardingSession } from '../../engine/account-record.js';
import type { Engine } from '../../engine/engine.js';
import { sendMissing } from '../failure.js';
import { paramOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import type { FormState, Values } from '../ui/forms.js';
import { Narrow } from '../ui/hosted.js';
import { HEADINGS, StepPage } from './onboarding.page.js';
import { ReviewPage } from './review.page.js';
import { knownValues } from './step-values.js';
import { askedAgain, readStep, stepFor, stepsOf, testValues, type Step } from './steps.rules.js';

/** Hosted onboarding: a link that opens once, and the pages of the visit that it begins. */
export function serveOnboarding(app: FastifyInstance, engine: Engine): void {
  app.get('/setup/e/:account/:token', (request, reply) => {
    const visit = engine.transact(() =>
      engine.accountLinks.visit(paramOf(request, 'account'), paramOf(request, 'token')),
    );
    if (visit.outcome === 'unknown')
      return sendMissing(reply, 'There is no such onboarding link. Ask for a new one where you got it.');
    if (visit.outcome === 'refresh') return seeOther(reply, visit.url);
    return new Seller(engine, visit.session, reply).begin();
  });
  const withSeller = (
    id: string,
    reply: FastifyReply,
    next: (seller: Seller) => FastifyReply,
  ): FastifyReply => {
    const session = engine.onboarding.session(id);
    if (!session) return sendMissing(reply, 'This visit is not known. Ask for a new onboarding link.');
    return session.finished ? sendOver(reply, session) : next(new Seller(engine, session, reply));
  };
  app.get('/setup/s/:session/:step', (request, reply) =>
    withSeller(paramOf(request, 'session'), reply, (seller) => seller.show(paramOf(request, 'step'))),
  );
  app.post('/setup/s/:session/:step', (request, reply) =>
    withSeller(paramOf(request, 'session'), reply, (seller) =>
      seller.take(paramOf(request, 'step'), valuesOf(request)),
    ),
  );
}

function sendOver(reply: FastifyReply, session: OnboardingSession): FastifyReply {
  return sendPage(reply, {
    title: 'Finished',
    status: 410,
    body: (
      <Narrow
        heading="You have left this page"
        lead="To change what you gave, ask for a new link where you sell."
      >
        <a class="button button-primary" href={session.return_url ?? session.refresh_url}>
          Go back
        </a>
      </Narrow>
    ),
  });
}

/** One seller's visit to the pages. */
class Seller {
  constructor(
    private readonly engine: Engine,
    private readonly session: OnboardingSession,
    private readonly reply: FastifyReply,
  ) {}

  /** Starts at the first page on which something is missing. */
  begin(): FastifyReply {
    const open = new Set(this.missing.map(stepFor));
    return this.goTo(this.steps.find((step) => open.has(step)) ?? 'review');
  }

  show(name: string): FastifyReply {
    const step = this.steps.find((one) => one === name);
    return step
      ? this.page(step, { values: knownValues(step, this.record), problems: askedAgain(step, this.record) })
      : this.goTo(this.steps[0]!);
  }

  take(name: string, values: Values): FastifyReply {
    const step = this.steps.find((one) => one === name);
    if (!step) return this.goTo(this.steps[0]!);
    if (values['action'] === 'fill')
      return this.page(step, { values: { ...values, ...testValues(step, this.record) }, problems: {} });
    if (values['action'] === 'fill_all') return this.fillAll(values);
    if (values['provide']) return this.provide(values['provide']);
    const { answers, problems } = readStep(step, values, this.record, this.engine.clock.now());
    if (values['action'] === 'later')
      return this.leave(() => this.engine.onboarding.answer(this.account, answers));
    if (Object.keys(problems).length > 0) return this.page(step, { values, problems }, 422);
    if (step === 'review') return this.submit(values);
    this.engine.transact(() => this.engine.onboarding.answer(this.account, answers));
    return this.goTo(this.steps[this.steps.indexOf(step) + 1] ?? 'review');
  }

  private submit(values: Values): FastifyReply {
    const { onboarding } = this.engine;
    if (values['accept_terms'] !== 'yes') {
      return this.page(
        'review',
        { values, problems: { accept_terms: 'Accept the terms to submit, or save for later.' } },
        422,
      );
    }
    const url = this.engine.transact(() => {
      onboarding.answer(this.account, { accept_terms: true });
      return onboarding.finish(this.session.id);
    });
    return seeOther(this.reply, url);
  }

  /** Everything but the terms; the pages depend on the type of business, so that goes first. */
  private fillAll(values: Values): FastifyReply {
    const { engine } = this;
    const fill = (step: Step, typed: Values = {}) => {
      const { answers } = readStep(
        step,
        { ...testValues(step, this.record), ...typed },
        this.record,
        engine.clock.now(),
      );
      engine.onboarding.answer(this.account, answers);
    };
    engine.transact(() => {
      fill('business', Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')));
      for (const step of this.steps.slice(1)) if (step !== 'requested' && step !== 'review') fill(step);
    });
    return this.goTo('review');
  }

  private provide(field: string): FastifyReply {
    this.engine.transact(() => this.engine.onboarding.provide(this.account, field));
    return this.goTo(this.steps.includes('requested') ? 'requested' : 'review');
  }

  private leave(save: () => unknown): FastifyReply {
    const url = this.engine.transact(() => {
      save();
      return this.engine.onboarding.leave(this.session.id);
    });
    return seeOther(this.reply, url);
  }

  private page(step: Step, form: FormState, status = 200): FastifyReply {
    const props = { step, form, record: this.record, base: this.base };
    const missing = this.missing.filter((field) => field !== 'tos_acceptance.date');
    return sendPage(this.reply, {
      title: HEADINGS[step].heading,
      status,
      body: step === 'review' ? <ReviewPage {...props} missing={missing} /> : <StepPage {...props} />,
    });
  }

  private goTo(step: Step): FastifyReply {
    return seeOther(this.reply, `${this.base}/${step}`);
  }

  private get account(): string {
    return this.session.account;
  }

  private get record() {
    return this.engine.accounts.need(this.account);
  }

  private get steps(): Step[] {
    return stepsOf(this.record);
  }

  private get missing(): string[] {
    return this.engine.onboarding.missing(this.account);
  }

  private get base(): string {
    return `/setup/s/${this.session.id}`;
  }
}
