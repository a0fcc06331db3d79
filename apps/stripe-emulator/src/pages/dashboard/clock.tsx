import type { FastifyInstance } from 'fastify';
import { DAY, HOUR } from '../../engine/clock.js';
import type { Engine } from '../../engine/engine.js';
import { invalid } from '../../engine/errors.js';
import type { TimerRecord } from '../../engine/records.js';
import { seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import { Button, PostForm } from '../ui/forms.js';
import { Badge, Card, EmptyState, When } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import { sentence } from '../words.js';
import type { Dashboard } from './context.js';
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
  app.get(PATH, (_request, reply) =>
    sendPage(reply, { title: 'Clock', body: <ClockPage engine={engine} /> }),
  );
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

const SHOWN = 20;

const DOES: Record<string, string> = {
  'debit.settle': 'A bank debit comes through or fails',
  'delivery.attempt': 'An event is sent again',
  'funds.available': 'Money becomes available',
  'payout.arrive': 'A payout arrives',
  'payout.fail': 'The bank sends a payout back',
  'payout.send': 'A payout is sent to the bank',
  'payouts.daily': 'Automatic payouts are made',
  'requirement.deadline': 'The date of a requirement passes',
  'session.expire': 'A checkout session expires',
};

function ClockPage({ engine }: { engine: Engine }) {
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
      <Card title="What is due" subtitle="In the order in which it will happen." flush>
        <Table
          caption="What is due"
          rows={timers.slice(0, SHOWN)}
          keyOf={(timer) => timer.id}
          empty={<EmptyState title="Nothing is due" icon="clock" />}
          columns={[
            { header: 'What', names: true, cell: (timer) => DOES[timer.verb] ?? sentence(timer.verb) },
            { header: 'When', cell: (timer) => <When at={timer.due} /> },
            { header: 'For', cell: (timer) => <span class="mono">{timer.args.slice(0, 2).join(' ')}</span> },
          ]}
        />
        {timers.length > SHOWN && <p class="table-note">{timers.length - SHOWN} more are due later.</p>}
      </Card>
    </Frame>
  );
}
