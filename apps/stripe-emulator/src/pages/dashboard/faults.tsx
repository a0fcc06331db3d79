import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { COUNTED } from '../../engine/webhook-faults.js';
import type { ApiFaults } from '../../http/api-faults.js';
import { routes } from '../../resources/index.js';
import { seeOther, valuesOf } from '../requests.js';
import { sendPage } from '../send.js';
import {
  Button,
  Checkbox,
  Choice,
  Field,
  FieldRow,
  FormProblems,
  PostForm,
  Select,
  type FormState,
  type Problems,
} from '../ui/forms.js';
import { Badge, Card, EmptyState } from '../ui/parts.js';
import { Table } from '../ui/table.js';
import type { Dashboard } from './context.js';
import { ANSWERS, readApiFault, readWebhookFaults } from './faults.rules.js';
import { Frame } from './frame.js';

const PATH = '/dashboard/faults';
const ROUTES = routes.map(({ method, path }) => `${method} ${path}`);
const NONE: Problems = {};

export function serveFaults(app: FastifyInstance, { engine, faults }: Dashboard): void {
  const webhooks = engine.deliveries;
  const show = (reply: FastifyReply, given: { webhooks?: FormState; api?: FormState } = {}) =>
    sendPage(reply, {
      title: 'Faults',
      status: given.webhooks || given.api ? 422 : 200,
      body: (
        <FaultsPage
          engine={engine}
          faults={faults}
          webhooks={given.webhooks ?? { values: currentPlan(engine), problems: NONE }}
          api={
            given.api ?? {
              values: { route: '*', answer: '500', when: 'before', skip: '0', times: '1' },
              problems: NONE,
            }
          }
        />
      ),
    });
  app.get(PATH, (_request, reply) => show(reply));
  app.post(`${PATH}/webhooks`, (request, reply) => {
    const values = valuesOf(request);
    const { plan, problems } = readWebhookFaults(values);
    if (Object.keys(problems).length > 0) return show(reply, { webhooks: { values, problems } });
    webhooks.release();
    webhooks.faults.set(plan);
    return seeOther(reply, PATH);
  });
  app.post(`${PATH}/api`, (request, reply) => {
    const values = valuesOf(request);
    const { fault, problems } = readApiFault(values, ROUTES);
    if (Object.keys(problems).length > 0) return show(reply, { api: { values, problems } });
    faults.add(fault);
    return seeOther(reply, PATH);
  });
  app.post(`${PATH}/clear`, (_request, reply) => {
    webhooks.release();
    webhooks.faults.set({});
    faults.set([]);
    return seeOther(reply, PATH);
  });
}

function currentPlan({ deliveries }: Engine): Record<string, string> {
  const { plan } = deliveries.faults;
  const counts = COUNTED.map((kind) => [kind, String(plan[kind])]);
  return { ...Object.fromEntries(counts), paused: plan.paused ? 'yes' : '' };
}

interface Props {
  engine: Engine;
  faults: ApiFaults;
  webhooks: FormState;
  api: FormState;
}

const FaultsPage = ({ engine, faults, webhooks, api }: Props) => (
  <Frame
    current={PATH}
    heading="Faults"
    lead="Trouble on request, to see that your platform bears it."
    action={
      <PostForm action={`${PATH}/clear`} inline>
        <Button>Clear all faults</Button>
      </PostForm>
    }
  >
    <Card title="Planned for API calls" flush>
      <PlannedFaults faults={faults} />
    </Card>
    <div class="grid grid-wide">
      <Card title="Fail API calls">
        <FormProblems problems={api.problems} />
        <ApiForm form={api} />
      </Card>
      <Card
        title="Disturb events"
        subtitle="What is sent next is lost, repeated, late, harmed or turned round."
        action={
          engine.deliveries.faults.active ? (
            <Badge tone="attention" word="Switched on" />
          ) : (
            <Badge tone="neutral" word="Off" />
          )
        }
      >
        <FormProblems problems={webhooks.problems} />
        <WebhookForm form={webhooks} />
      </Card>
    </div>
  </Frame>
);

const PlannedFaults = ({ faults }: { faults: ApiFaults }) => (
  <Table
    caption="Planned faults"
    rows={faults.planned.map((fault, index) => ({ ...fault, index }))}
    keyOf={(fault) => String(fault.index)}
    empty={<EmptyState title="No faults are planned" icon="check" />}
    columns={[
      {
        header: 'Call',
        names: true,
        cell: (fault) => (fault.route === '*' ? 'Any call' : <span class="mono">{fault.route}</span>),
      },
      { header: 'Answer', cell: (fault) => ANSWERS[String(fault.status)] ?? fault.status },
      {
        header: 'When',
        cell: (fault) => (fault.when === 'after' ? 'After it took effect' : 'Before it does anything'),
      },
      { header: 'Lets pass', end: true, cell: (fault) => fault.skip },
      { header: 'Fails', end: true, cell: (fault) => fault.times },
    ]}
  />
);

const ApiForm = ({ form }: { form: FormState }) => (
  <PostForm action={`${PATH}/api`} label="Fail API calls">
    <Select
      {...form}
      name="route"
      label="Call"
      options={[
        { value: '*', label: 'Any call' },
        ...ROUTES.map((route) => ({ value: route, label: route })),
      ]}
    />
    <Select
      {...form}
      name="answer"
      label="Answer"
      options={Object.entries(ANSWERS).map(([value, label]) => ({ value, label }))}
    />
    <Choice
      {...form}
      name="when"
      label="When"
      options={[
        { value: 'before', label: 'Before it does anything' },
        { value: 'after', label: 'After it took effect', hint: 'The caller can not know that it worked.' },
      ]}
    />
    <FieldRow>
      <Field {...form} name="skip" label="Let so many pass" inputMode="numeric" maxLength={4} />
      <Field {...form} name="times" label="Fail so many" inputMode="numeric" maxLength={4} />
    </FieldRow>
    <Button look="primary">Plan this fault</Button>
  </PostForm>
);

const DISTURBANCES = {
  drop: 'Lose so many',
  duplicate: 'Send so many twice',
  delay: 'Send so many five seconds late',
  truncate: 'Cut so many off in the middle',
  wrong_signature: 'Sign so many wrongly',
  reorder: 'Collect so many and send the last one first',
};

const WebhookForm = ({ form }: { form: FormState }) => (
  <PostForm action={`${PATH}/webhooks`} label="Disturb events">
    {COUNTED.map((kind) => (
      <Field {...form} name={kind} label={DISTURBANCES[kind]} inputMode="numeric" maxLength={4} />
    ))}
    <Checkbox {...form} name="paused" label="Hold everything back until this is switched off" />
    <Button look="primary">Disturb events</Button>
  </PostForm>
);
