import { mkdir, writeFile } from 'node:fs/promises';
import { CommandLine } from './command-line.js';
import type { Bench } from './support.js';
import { Listened } from './trigger-checks.js';

/** Events of products that a marketplace doesn't use. */
const OUT_OF_SCOPE: Record<string, string> = {
  issuing_: 'Issuing: a marketplace gives out no cards',
  'identity.': 'Identity: sellers are verified by Connect',
  'reporting.':
    'Reporting: what the columns of a report are is declared nowhere; the books are read from balance transactions',
  'v1.billing.meter.': 'Meters: the program sends usage to meter-events.stripe.com, whatever its --api-base',
};

/** What happens only later at Stripe: days by which the clock is moved on. */
const LATER: Record<string, number> = {
  'checkout.session.async_payment_succeeded': 8,
  'checkout.session.async_payment_failed': 8,
  // Due at once, but this clock stands still until it is moved.
  'customer.subscription.trial_will_end': 1 / 86_400,
};

/** Not the name of the event itself, but of what leads to it. */
const EVENT_OF: Record<string, string> = {
  'subscription.payment_succeeded': 'invoice.payment_succeeded',
  'subscription.payment_failed': 'invoice.payment_failed',
};

/** The same for what goes by a test clock of its own: sent a week before the end, and the fixture stops two days short. */
const LATER_THERE: Record<string, number> = { 'subscription_schedule.expiring': 3 };

describe("Stripe's own command line", () => {
  let cli: CommandLine;
  beforeAll(async () => {
    cli = await CommandLine.open();
  });
  afterAll(() => cli.close());

  it('triggers every event that it lists, each from a change of state', async () => {
    const events = await listed();
    expect(events.length).toBeGreaterThanOrEqual(68);
    const results = new Map<string, string | null>();
    const waiting = events.filter((event) => !outOfScope(event));
    const work = async () => {
      for (let event = waiting.shift(); event; event = waiting.shift())
        results.set(event, await trigger(event));
    };
    await Promise.all([work(), work(), work()]);

    const failing = events.filter((event) => results.get(event));
    const works = results.size - failing.length;
    const lines = [
      `stripe trigger: ${works} of ${events.length}`,
      ...failing.map((event) => `  fails     ${event}: ${results.get(event)}`),
      ...events.filter(outOfScope).map((event) => `  left out  ${event}: ${outOfScope(event)}`),
    ];
    await mkdir('artefacts', { recursive: true });
    await writeFile('artefacts/triggers.txt', `${lines.join('\n')}\n`);
    process.stdout.write(`${lines.map((line) => line.slice(0, 200)).join('\n')}\n`);
    expect(failing).toEqual([]);
    expect(works).toBeGreaterThanOrEqual(105);
  }, 600_000);

  /** Read from the program itself. */
  const listed = async (): Promise<string[]> => {
    const { output } = await cli.run('trigger', '--help');
    const [, list = ''] = /Supported events:\n([\s\S]*?)\n\s*\n/.exec(output) ?? [];
    return list
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  };

  /** Triggers one event at an emulator of its own. @returns what is wrong, or null */
  const trigger = async (event: string): Promise<string | null> => {
    const there = await Listened.start();
    try {
      if (event.startsWith('transfer.')) await fund(there.bench);
      const { code, output } = await cli.call(there.bench.emulator.url, 'trigger', event);
      if (code !== 0 || !output.includes('Trigger succeeded')) return refusalIn(output);
      if (LATER[event]) await there.bench.advance(LATER[event]);
      if (LATER_THERE[event]) await moveTestClock(there.bench, LATER_THERE[event]);
      return await there.problem(EVENT_OF[event] ?? event);
    } catch (failure) {
      return (failure as Error).message;
    } finally {
      await there.stop();
    }
  };
});

/** The fixtures of transfers send all that they charge, Stripe's fee included: at Stripe too they need money to be there. */
async function fund(bench: Bench): Promise<void> {
  await bench.stripe.topups.create({ amount: 10_000, currency: 'usd' });
  await bench.advance(0.001);
}

async function moveTestClock({ stripe }: Bench, days: number): Promise<void> {
  const [clock] = (await stripe.testHelpers.testClocks.list()).data;
  await stripe.testHelpers.testClocks.advance(clock!.id, { frozen_time: clock!.frozen_time + days * 86_400 });
}

function outOfScope(event: string): string | undefined {
  return Object.entries(OUT_OF_SCOPE).find(([prefix]) => event.startsWith(prefix))?.[1];
}

/** The step that failed and what the emulator answered, out of what the command line printed. */
function refusalIn(output: string): string {
  const step = [...output.matchAll(/Running fixture for: (\S+)/g)].at(-1)?.[1];
  const said = /"message": "(.*)"/.exec(output)?.[1] ?? output.replaceAll(/\s+/g, ' ').slice(-300);
  return `step ${step ?? '?'}: ${said}`;
}
