import type { FastifyInstance } from 'fastify';
import { DAY, HOUR } from '../../engine/clock.js';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import type { TimerRecord } from '../../engine/records.js';
import { queryOf, seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Button, PostForm } from '../ui/forms.js';
import { Badge, Card, When } from '../ui/parts.js';
import type { Dashboard } from './context.js';
import { DueCard } from './due.js';
import { Frame } from './frame.js';

const PATH = '/dashboard/clock';

/** How far each button moves the clock, milliseconds. */
const STEPS: Record<string, { label: string; by: number }> = {
  hour: { label: 'One hour', by: HOUR },
  day: { label: 'One day', by: DAY },
  week: { label: 'Seven days', by: 7 * DAY },
};

/** Timers that the clock can be moved to. */
const TARGETS: Record<string, { label: string; verb: string }> = {
  payouts: { label: 'To the next payout run', verb: 'payouts.daily' },
  arrival: { label: 'To the next arrival of a payout', verb: 'payout.arrive' },
};

export function serveClock(app: FastifyInstance, { engine }: Dashboard): void {
  app.get(PATH, (request, reply) => {
    const from = Math.max(0, Math.trunc(Number(queryOf(request, 'after') ?? 0)) || 0);
    const body = <ClockPage engine={engine} verb={queryOf(request, 'what')} from={from} />;
    return sendPage(reply, { title: 'Clock', body });
  });
  app.post(PATH, (request, reply) => {
    const { action = '', forward = '' } = valuesOf(request);
    if (action === 'stop') engine.freezeClock();
    else if (action === 'run') engine.resumeClock();
    else engine.moveClock(target(engine, forward));
    return seeOther(reply, PATH);
  });
}

/** The moment that a button names, milliseconds. */
function target(engine: Engine, forward: string): number {
  const step = Object.hasOwn(STEPS, forward) ? STEPS[forward] : undefined;
  if (step) return engine.clock.now() + step.by;
  const verb = Object.hasOwn(TARGETS, forward) ? TARGETS[forward]!.verb : undefined;
  const due = upcoming(engine).find((timer) => timer.verb === verb)?.due;
  if (due === undefined) throw invalid('Nothing of this kind is due. Open the clock again.');
  return Math.max(due, engine.clock.now());
}

function upcoming(engine: Engine): TimerRecord[] {
  return [...engine.store.all('timer', '')].sort((one, other) => one.due - other.due);
}

function ClockPage({ engine, verb, from }: { engine: Engine; verb: string | undefined; from: number }) {
  const { clock } = engine;
  const timers = upcoming(engine);
  const targets = Object.entries(TARGETS).filter(([, { verb }]) =>
    timers.some((timer) => timer.verb === verb),
  );
  return (
    <Frame
      current={PATH}
      heading="Clock"
      lead="Everything here goes by this clock. It can be stopped, and it only moves forward."
    >
      <Card
        title="Now"
        action={
          clock.frozen ? <Badge tone="attention" word="Stopped" /> : <Badge tone="good" word="Running" />
        }
      >
        <p class="clock-now">
          <When at={clock.now()} />
        </p>
        <PostForm action={PATH} label="Clock" inline>
          <div class="actions clock-actions">
            {Object.entries(STEPS).map(([name, { label }]) => (
              <Button key={name} name="forward" value={name}>
                {label}
              </Button>
            ))}
            {targets.map(([name, { label }]) => (
              <Button key={name} look="primary" name="forward" value={name}>
                {label}
              </Button>
            ))}
            <Button name="action" value={clock.frozen ? 'run' : 'stop'}>
              {clock.frozen ? 'Let it run' : 'Stop it'}
            </Button>
          </div>
        </PostForm>
      </Card>
      <DueCard engine={engine} path={PATH} verb={verb} from={from} />
    </Frame>
  );
}
