import type { FastifyInstance, FastifyReply } from 'fastify';
import type Stripe from 'stripe';
import type { Engine } from '../../engine/engine.js';
import { sendMissing } from '../failure.js';
import { attempt, paramOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import { AnsweredPage, ChallengePage } from './outcome.pages.js';

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

/** The 3-D Secure challenge of an intent that the platform confirmed by itself, without a payment page of ours. */
export function serveChallenges(app: FastifyInstance, engine: Engine): void {
  app.get('/c/authenticate/:intent', (request, reply) => {
    const found = waitingIntent(engine, paramOf(request, 'intent'));
    if (!found) return sendNothingToDo(reply);
    const { intent } = found;
    const shown =
      intent.object === 'payment_intent' ? { amount: intent.amount, currency: intent.currency } : undefined;
    const platform = engine.accounts.need(found.account).display_name ?? 'the shop';
    const body = <ChallengePage platform={platform} amount={shown} action={`/c/authenticate/${intent.id}`} />;
    return sendPage(reply, { title: '3-D Secure', body });
  });
  app.post('/c/authenticate/:intent', (request, reply) => {
    const found = waitingIntent(engine, paramOf(request, 'intent'));
    if (!found) return sendNothingToDo(reply);
    const wanted = valuesOf(request)['outcome'] === 'complete';
    const { account, intent } = found;
    const returnUrl = intent.next_action?.redirect_to_url?.return_url;
    const tried = attempt(engine, () =>
      intent.object === 'payment_intent'
        ? engine.cardPayments.authenticate(account, intent, wanted)
        : engine.setupIntents.authenticate(account, intent.id, wanted),
    );
    const passed = tried.done && tried.result.error === null;
    if (returnUrl) return seeOther(reply, withOutcome(returnUrl, intent, passed));
    const title = passed ? 'Authenticated' : 'Not authenticated';
    return sendPage(reply, { title, body: <AnsweredPage passed={passed} /> });
  });
}

function waitingIntent(engine: Engine, id: string): { account: string; intent: Intent } | undefined {
  const place = engine.store.locate(id);
  if (place?.kind !== 'payment_intent' && place?.kind !== 'setup_intent') return undefined;
  const { account } = place;
  const intent = engine.store.get(place.kind, account, id);
  return intent?.status === 'requires_action' ? { account, intent } : undefined;
}

const sendNothingToDo = (reply: FastifyReply): FastifyReply =>
  sendMissing(reply, 'No payment waits to be confirmed here. Go back to the shop and try again.');

/** The buyer comes back with the intent's names, as Stripe.js expects them. */
function withOutcome(url: string, intent: Intent, passed: boolean): string {
  const back = new URL(url);
  back.searchParams.set(intent.object, intent.id);
  back.searchParams.set(`${intent.object}_client_secret`, intent.client_secret ?? '');
  back.searchParams.set('redirect_status', passed ? 'succeeded' : 'failed');
  return back.toString();
}
