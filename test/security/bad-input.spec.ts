import { getMetadataStorage } from 'class-validator';
import { BAD_TEXTS, BAD_VALUES, FITTING, SCRIPT } from '../support/bad-values.js';
import { formsOf, type PageForm } from '../support/page-forms.js';
import { type Route, routesOf } from '../support/routes.js';
import { Cast, type Who } from './cast.js';

const AT_ONCE = 6;
/** One in so many is tried; no divisor of how many values a field is given, so that every field and every value has its turn. */
const ONE_IN = process.env['BAD_INPUT'] === 'all' ? 1 : 7;

/** One request that should not have been sent like this. */
interface Shot {
  readonly who: Who;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly type?: string;
  /** Which field holds what. */
  readonly about: string;
}

describe('bad input', () => {
  let cast: Cast;
  let routes: Route[];
  beforeAll(async () => {
    cast = await Cast.assemble();
    routes = routesOf(cast.world);
  }, 120_000);
  afterAll(() => cast?.world.stop());

  const whoFor = ({ access }: Route): Who => Cast.allowed[access][0]!;

  async function fire(shots: readonly Shot[]): Promise<{ refused: Shot[]; wrong: string[] }> {
    const refused: Shot[] = [];
    const wrong: string[] = [];
    const waiting = [...shots];
    await cast.world.rows(`delete from identity.rate_limits`);
    const shooter = async () => {
      for (let shot = waiting.shift(); shot; shot = waiting.shift()) {
        const { who, method, path, body, type, about } = shot;
        const answer = await cast.send(who, method, path, body, type ? { 'content-type': type } : {});
        const name = `${answer.line} with ${about}`;
        if (answer.status >= 500) wrong.push(`${name} answered ${answer.status}`);
        if (/text\/html/.test(answer.headers.get('content-type') ?? '') && answer.text.includes(SCRIPT()))
          wrong.push(`${name} wrote the script into the page`);
        if (answer.status >= 400) refused.push(shot);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, shooter));
    return { refused, wrong };
  }

  /** None breaks anything of ours; and what is refused writes nothing, seen when it is sent a second time alone. */
  async function expectHarmless(shots: readonly Shot[]): Promise<void> {
    const { refused, wrong } = await fire(shots);
    expect(wrong).toEqual([]);
    await cast.world.settle();
    const before = await cast.everything();
    const again = await fire(refused);
    expect(again.wrong).toEqual([]);
    if (again.refused.length === refused.length) expect(await cast.everything()).toBe(before);
  }

  it('in any field of any API call is answered, and writes nothing', async () => {
    const shots = some(
      routes
        .filter(({ method, path }) => method !== 'GET' && path.startsWith('/api/'))
        .flatMap((route) => apiShots(route, whoFor(route), Cast.address(route, cast.mine))),
    );
    expect(shots.length).toBeGreaterThan(200);
    await expectHarmless(shots);
  }, 180_000);

  it('in any field of any form on any page is answered beside the form, and writes nothing', async () => {
    const forms = await everyForm();
    expect(forms.length).toBeGreaterThan(15);
    await expectHarmless(some(forms.flatMap(({ who, form }) => formShots(who, form))));
  }, 180_000);

  it('in any query and any address is answered', async () => {
    const shots = routes
      .filter(({ method }) => method === 'GET')
      .flatMap((route) => [...queryShots(route, whoFor(route)), ...addressShots(route, whoFor(route))]);
    const { wrong } = await fire(some(shots));
    expect(wrong).toEqual([]);
  }, 180_000);

  it('as a place in a list is answered, whatever the list is sorted by', async () => {
    const places = [
      ['x'],
      [1e308],
      ['9'.repeat(30)],
      ['\ud800'],
      ['x', 'y'],
      [1, 1],
      ['2026-01-01', 'x'],
      ['x', 'y', 'z'],
      [1, 1, 1],
    ].map((values) => Buffer.from(JSON.stringify([1, ...values])).toString('base64url'));
    const lists = routes.filter(({ query }) => query && fieldsOf(query).includes('cursor'));
    expect(lists.length).toBeGreaterThan(20);
    const shots = lists.flatMap((route) =>
      (fieldsOf(route.query!).includes('sort')
        ? ['', '&q=bowl', '&currency=eur&sort=price_low']
        : ['']
      ).flatMap((more) =>
        places.map((cursor) => ({
          who: whoFor(route),
          method: 'GET',
          path: `${Cast.address(route, cast.mine)}?cursor=${cursor}${more}`,
          about: 'a made-up cursor',
        })),
      ),
    );
    expect((await fire(shots)).wrong).toEqual([]);
  }, 180_000);

  function queryShots(route: Route, who: Who): Shot[] {
    const path = Cast.address(route, cast.mine);
    const names = new Set([...(route.query ? fieldsOf(route.query) : []), 'after', 'surprise']);
    const values = [...BAD_TEXTS.filter((text) => text.length < 1000), 'x'.repeat(2000), 'WyJ4Il0', 'W10'];
    return [...names].flatMap((name) =>
      values.map((value) => ({
        who,
        method: 'GET',
        path: `${path}?${new URLSearchParams({ [name]: value }).toString()}`,
        about: 'a bad query',
      })),
    );
  }

  function addressShots(route: Route, who: Who): Shot[] {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name!);
    const values = [
      '%00',
      '%E0%A4%A',
      'x'.repeat(190),
      '%3Cscript%3E',
      '..%2f..%2fetc',
      '%F0%9F%8F%BA',
      '-1',
      'null',
    ];
    return names.flatMap((name) =>
      values.map((value) => ({
        who,
        method: 'GET',
        path: Cast.address(route, { ...cast.mine, [name]: value }),
        about: `a bad ${name}`,
      })),
    );
  }

  /** Every form that somebody finds on a page of theirs, once. */
  async function everyForm(): Promise<{ who: Who; form: PageForm }[]> {
    const found = new Map<string, { who: Who; form: PageForm }>();
    for (const route of routes.filter(({ method, path }) => method === 'GET' && !path.startsWith('/api/'))) {
      const who = whoFor(route);
      const path = Cast.address(route, cast.mine);
      const { text } = await cast.browser(who).open(path);
      for (const form of formsOf(text, path)) {
        const key = `${form.action} ${[...form.fields.keys()].sort().join()}`;
        if (!found.has(key)) found.set(key, { who, form });
      }
    }
    return [...found.values()];
  }
});

function some(shots: readonly Shot[]): Shot[] {
  return shots.filter((_, i) => i % ONE_IN === 0);
}

function fieldsOf(type: NonNullable<Route['body']>): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  return [...new Set(rules.map(({ propertyName }) => propertyName))];
}

function apiShots(route: Route, who: Who, path: string): Shot[] {
  const shot = (about: string, body: string, type = 'application/json'): Shot => ({
    who, method: route.method, path, body, type, about,
  }); // prettier-ignore
  const fields = route.body ? fieldsOf(route.body) : [];
  const right = Object.fromEntries(fields.map((name) => [name, FITTING[name] ?? 'something']));
  const label = (value: unknown) => JSON.stringify(value).slice(0, 40);
  return [
    ...['', '{', '[]', '"text"', 'null', '1', '{"a":'.repeat(200)].map((body) =>
      shot(`the body ${body.slice(0, 20)}`, body),
    ),
    shot('an unknown type', 'x', 'application/x-nothing'),
    shot('all fields missing', '{}'),
    shot('an unknown field', JSON.stringify({ ...right, surprise: 1, __proto__: { isAdmin: true } })),
    ...fields.flatMap((name) => [
      shot(`no ${name}`, JSON.stringify({ ...right, [name]: undefined })),
      ...BAD_VALUES.map((value) =>
        shot(`${name} = ${label(value)}`, JSON.stringify({ ...right, [name]: value })),
      ),
    ]),
  ];
}

function formShots(who: Who, { action, fields }: PageForm): Shot[] {
  const right = [...fields].map(([name, value]) => {
    const fitting = FITTING[name];
    return [name, value || (typeof fitting === 'object' ? '25.00' : String(fitting ?? 'something'))] as const;
  });
  const shot = (about: string, pairs: readonly (readonly [string, string])[]): Shot => ({
    who,
    method: 'POST',
    path: action,
    body: new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString(),
    type: 'application/x-www-form-urlencoded',
    about,
  });
  return [
    shot('no field', []),
    shot('an unknown field', [...right, ['surprise', '1']]),
    ...right.flatMap(([spoilt]) => [
      shot(
        `no ${spoilt}`,
        right.filter(([name]) => name !== spoilt),
      ),
      shot(`${spoilt} twice`, [...right, [spoilt, 'again']]),
      ...BAD_TEXTS.map((bad) =>
        shot(
          `${spoilt} = ${bad.slice(0, 40)}`,
          right.map(([name, value]) => [name, name === spoilt ? bad : value] as const),
        ),
      ),
    ]),
  ];
}
