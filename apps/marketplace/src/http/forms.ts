import { plainToInstance } from 'class-transformer';
import { validate, type ValidationError } from 'class-validator';
import type { VNode } from 'preact';
import { DomainError, type ErrorKind } from '#kernel';
import { Redrawn, redraw } from './answers.js';

type Class<T> = new () => T;
/** Messages by field; '' is for the form as a whole. */
export type FieldErrors = Record<string, string>;
export type Typed = Record<string, string | string[] | undefined>;

export const validatorOptions = {
  whitelist: true,
  forbidNonWhitelisted: true,
  stopAtFirstError: true,
} as const;

/** The first message of each field, nested ones as `lines.0.quantity`. */
export function fieldErrors(errors: readonly ValidationError[], prefix = ''): FieldErrors {
  const messages: FieldErrors = {};
  for (const error of errors) {
    const field = prefix + error.property;
    const [message] = Object.values(error.constraints ?? {});
    if (message) messages[field] = sentence(message);
    Object.assign(messages, fieldErrors(error.children ?? [], `${field}.`));
  }
  return messages;
}

export function validationFailed(errors: FieldErrors): DomainError {
  return new DomainError('validation_failed', 'invalid', 'Some fields need your attention.', errors);
}

/** A form's body as the DTO, or the errors beside its fields; what was typed is kept as it was. */
export async function formOf<T extends object>(
  dto: Class<T>,
  body: unknown,
): Promise<{ value: T } | { errors: FieldErrors; typed: Typed }> {
  const typed = asTyped(body);
  const value = plainToInstance(dto, typed, { exposeDefaultValues: true });
  const errors = fieldErrors(await validate(value, validatorOptions));
  return Object.keys(errors).length > 0 ? { errors, typed } : { value };
}

/**
 * Validates, runs `work`, and redraws the form with 422 where the input or the state of things is to blame, so that
 * nothing typed is lost. Other errors pass on to the filter.
 */
export async function withForm<T extends object, Answer>(
  dto: Class<T>,
  body: unknown,
  work: (value: T) => Promise<Answer>,
  again: (errors: FieldErrors, typed: Typed) => VNode | Promise<VNode>,
): Promise<Answer | Redrawn> {
  const form = await formOf(dto, body);
  if ('errors' in form) return redraw(await again(form.errors, form.typed));
  try {
    return await work(form.value);
  } catch (error) {
    if (
      !(error instanceof DomainError) ||
      !['invalid', 'conflict', 'too_many', 'unavailable'].includes(error.kind)
    )
      throw error;
    const own = Object.keys(error.fields).length > 0 ? { ...error.fields } : { '': error.message };
    return redraw(await again(own, asTyped(body)), formStatus[error.kind] ?? 422);
  }
}

/** A form that is refused for another reason than its fields keeps that reason's status. */
const formStatus: Partial<Record<ErrorKind, number>> = { too_many: 429, unavailable: 503 };

function asTyped(body: unknown): Typed {
  return typeof body === 'object' && body !== null ? ({ ...body } as Typed) : {};
}

/** class-validator's own messages begin with the property's name in lower case. */
function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
