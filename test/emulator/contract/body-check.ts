import { appendFile, mkdir } from 'node:fs/promises';
import type { Exchange, RunningEmulator } from '../../../apps/stripe-emulator/src/index.js';
import { routes } from '../../../apps/stripe-emulator/src/resources/index.js';
import { sdkSchema } from './sdk-schema.js';
import { SdkTypes } from './sdk-types.js';

type Body = Record<string, unknown> & { object?: string; data?: unknown };

/** Where each worker notes what it checked; summed up at the end of a run. */
export const NOTES = 'artefacts/contract';

/**
 * Answers that are no object of the SDK: what Stripe's own pages and command line ask for, and what v2 says of a deleted
 * object, which has the `object` of what it was and nothing else of it.
 */
const NOT_IN_SDK = /^(GET|POST) \/v1\/(payment_pages|stripecli)\b|^DELETE \/v2\//;

const ERRORS = ['api_error', 'card_error', 'idempotency_error', 'invalid_request_error', 'rate_limit_error'];

let types: Promise<SdkTypes> | undefined;
export const sdkTypes = () => (types ??= sdkSchema().then((schema) => new SdkTypes(schema)));

/** Holds every body that an emulator answers, and every event that it makes, against what the SDK says of it. */
export class BodyCheck {
  private readonly bodies = new Map<string, string>();
  private readonly operations = new Set<string>();

  readonly observe = ({ operation, status, body }: Exchange): void => {
    if (status < 400) this.operations.add(operation);
    if (!NOT_IN_SDK.test(operation)) this.bodies.set(body, operation);
  };

  /** @throws when anything that the emulator said in its life is not what the SDK declares */
  async assertDeclared(emulator: RunningEmulator): Promise<void> {
    const problems = await this.problems(emulator);
    if (problems.length > 0) throw new Error(`not as the SDK declares it:\n${problems.join('\n')}`);
  }

  private async problems({ engine }: RunningEmulator): Promise<string[]> {
    const known = await sdkTypes();
    const seen = new Set<string>();
    let count = 0;
    const check = (where: string, body: Body): string[] => {
      count += 1;
      if (body.object) seen.add(body.object);
      return known.problems(body).map((problem) => `${where}: ${problem}`);
    };
    const found = [...this.bodies].flatMap(([body, operation]) =>
      objectsIn(JSON.parse(body) as Body).flatMap((one) =>
        'error' in one ? errorProblems(operation, one) : check(operation, one),
      ),
    );
    for (const [kind, , , row] of engine.store.everything()) {
      if (kind === 'event' || kind === 'thin_event') found.push(...check('event', row as Body));
    }
    await note({ count, types: [...seen], operations: [...this.operations], problems: found.length });
    return [...new Set(found)];
  }
}

async function note(line: Record<string, unknown>): Promise<void> {
  const served = routes.map((route) => `${route.method} ${route.path}`);
  await mkdir(NOTES, { recursive: true });
  await appendFile(`${NOTES}/${process.pid}.jsonl`, `${JSON.stringify({ ...line, served })}\n`);
}

/** The objects of an answer: of a list its members, as the list itself has to be one of v1, v2 or a search. */
function objectsIn(body: Body): Body[] {
  if (!Array.isArray(body.data)) return [body];
  const fields = Object.keys(body).sort().join(' ');
  const isList = [
    'data has_more object url',
    'data has_more next_page object url',
    'data has_more next_page object total_count url',
    'data next_page_url previous_page_url',
  ].includes(fields);
  return isList ? (body.data as Body[]) : [{ object: `list of ${fields}` }];
}

function errorProblems(operation: string, { error }: Body): string[] {
  const said = error as Record<string, unknown>;
  const good = operation.includes(' /v2/') ? isErrorV2(said) : isErrorV1(said);
  return good ? [] : [`${operation}: ${JSON.stringify(error)} is no error of Stripe's`];
}

const isText = (value: unknown) => typeof value === 'string' && value !== '';

function isErrorV1({ type, code, message, doc_url, request_log_url }: Record<string, unknown>): boolean {
  const explained = code === undefined || isText(doc_url);
  return ERRORS.includes(String(type)) && isText(message) && isText(request_log_url) && explained;
}

/** Of v2 Stripe declares these alone (`v2.error` in github.com/stripe/openapi). */
function isErrorV2(error: Record<string, unknown>): boolean {
  const known = ['code', 'doc_url', 'message', 'type', 'user_message'];
  return (
    isText(error['code']) &&
    isText(error['message']) &&
    Object.keys(error).every((key) => known.includes(key))
  );
}
