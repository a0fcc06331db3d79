import { invalid, lacking } from '../engine/errors.js';
import { API_VERSION } from '../engine/events.js';
import type { Raw } from './form.js';
import {
  asSent,
  currencyCode,
  decimal,
  descriptor as descriptorOf,
  emailAddress,
  hash,
  integer,
  member,
  metadataOf,
  text,
  webAddress,
} from './param-values.js';
import { takenIn } from './versions.js';

/** What one parameter may be. Specs are data, so that routes can be listed and checked against the SDK's types. */
export type Param = { required?: boolean; emptyable?: boolean; until?: string } & (
  | { type: 'boolean' | 'currency' | 'email' | 'metadata' | 'url' | 'any' }
  | { type: 'string'; max?: number }
  | { type: 'descriptor'; min: number; max: number }
  | { type: 'integer'; min?: number; max?: number }
  | { type: 'number' }
  | { type: 'or_word'; word: string; min: number; max: number }
  | { type: 'enum'; values: readonly string[] }
  | { type: 'array'; of: Param; max: number }
  | { type: 'object'; fields: Record<string, Param> }
  | { type: 'id_or_object'; fields: Record<string, Param> }
  | { type: 'map'; of: Param }
  | { type: 'range' }
);

/** A spec names parameters that the SDK's type knows, and no others. */
export type Spec<P> = { [K in keyof P]?: Param };

export const str: Param = { type: 'string' };
export const upTo = (max: number): Param => ({ type: 'string', max });
/** What a bank statement shows. */
export const descriptor = (min = 1, max = 22): Param => ({ type: 'descriptor', min, max });
export const number: Param = { type: 'number' };
export const bool: Param = { type: 'boolean' };
export const email: Param = { type: 'email' };
export const url: Param = { type: 'url' };
export const currency: Param = { type: 'currency' };
export const metadata: Param = { type: 'metadata', emptyable: true };
export const any: Param = { type: 'any' };
export const range: Param = { type: 'range' };
export const int = (min = 0, max = 99_999_999): Param => ({ type: 'integer', min, max });
export const oneOf = (...values: string[]): Param => ({ type: 'enum', values });
export const list = (of: Param, max = Infinity): Param => ({ type: 'array', of, max });
export const object = (fields: Record<string, Param>): Param => ({ type: 'object', fields });
/** The id of something that exists, or what to make it of. */
export const idOr = (fields: Record<string, Param>): Param => ({ type: 'id_or_object', fields });
export const required = (param: Param): Param => ({ ...param, required: true });
export const emptyable = (param: Param): Param => ({ ...param, emptyable: true });
/** Dropped in that version: taken only from calls made in an earlier one. */
export const until = (version: string, param: Param): Param => ({ ...param, until: version });

/** Parameters of every v1 list. */
export const paging = { limit: int(1, 100), starting_after: str, ending_before: str };

const COMMON: Record<string, Param> = { expand: list(str) };

/** Checks and converts what a call sent. @throws Refusal in Stripe's words, naming the parameter. */
export function readParams(
  spec: Record<string, Param>,
  raw: Record<string, Raw>,
  v2: boolean,
  version: string = API_VERSION,
): Record<string, unknown> {
  return fields(v2 ? spec : { ...COMMON, ...spec }, raw, '', { v2, version });
}

/** How a call speaks: v2 names nested parameters otherwise, and versions differ in what they take. */
interface Manner {
  v2: boolean;
  version: string;
}

function fields(spec: Record<string, Param>, raw: Record<string, Raw>, at: string, manner: Manner) {
  const { v2, version } = manner;
  const name = (key: string) => (at === '' ? key : v2 ? `${at}.${key}` : `${at}[${key}]`);
  for (const key of Object.keys(raw)) {
    if (!Object.hasOwn(spec, key) || !takenIn(version, spec[key]!)) {
      throw invalid(`Received unknown parameter: ${name(key)}`, {
        code: 'parameter_unknown',
        param: name(key),
      });
    }
  }
  const result: Record<string, unknown> = {};
  for (const [key, param] of Object.entries(spec)) {
    const value = raw[key];
    if (value === undefined || (v2 && value === null)) {
      if (param.required) throw lacking(name(key));
      continue;
    }
    if (value === '' && !param.emptyable && param.type !== 'any') throw empty(name(key));
    result[key] = value === '' ? '' : read(param, value, name(key), manner);
  }
  return result;
}

function read(param: Param, value: Raw, at: string, manner: Manner): unknown {
  switch (param.type) {
    case 'any':
      return value;
    case 'string':
      return text(value, at, param.max);
    case 'descriptor':
      return descriptorOf(value, at, param.min, param.max);
    case 'email':
      return emailAddress(text(value, at), at);
    case 'url':
      return webAddress(text(value, at), at);
    case 'currency':
      return currencyCode(text(value, at), at);
    case 'boolean':
      if (value === true || value === 'true') return true;
      if (value === false || value === 'false') return false;
      throw invalid(`Invalid boolean: ${asSent(value)}`, { param: at });
    case 'integer':
      return integer(value, at, param.min, param.max);
    case 'or_word':
      return value === param.word ? value : integer(value, at, param.min, param.max);
    case 'number':
      return decimal(value, at);
    case 'enum':
      return member(text(value, at), param.values, at);
    case 'array':
      if (!Array.isArray(value)) throw invalid('Invalid array', { param: at });
      if (value.length > param.max)
        throw invalid(`Array above maximum size: ${param.max} at most.`, {
          param: at,
        });
      return value.map((item, index) => read(param.of, item, `${at}[${index}]`, manner));
    case 'object':
      return fields(param.fields, hash(value, at), at, manner);
    case 'id_or_object':
      return typeof value === 'string' ? value : fields(param.fields, hash(value, at), at, manner);
    case 'map':
      return Object.fromEntries(
        Object.entries(hash(value, at)).map(([key, item]) => [
          key,
          item === '' ? '' : read(param.of, item, `${at}[${key}]`, manner),
        ]),
      );
    case 'metadata':
      return metadataOf(hash(value, at), at);
    case 'range':
      return rangeOf(value, at);
  }
}

function rangeOf(value: Raw, at: string): unknown {
  if (typeof value !== 'object' || value === null) return integer(value, at);
  const bound = int(0, Number.MAX_SAFE_INTEGER);
  return fields({ gt: bound, gte: bound, lt: bound, lte: bound }, hash(value, at), at, {
    v2: false,
    version: API_VERSION,
  });
}

function empty(at: string) {
  return invalid(
    `You passed an empty string for '${at}'. We assume empty values are an attempt to unset a parameter; however '${at}' cannot be unset. You should remove '${at}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param: at },
  );
}
