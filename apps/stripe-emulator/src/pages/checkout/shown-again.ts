import type { FormState, Problems, Values } from '../ui/forms.js';

/** What of a form is shown again: never the security code, and no number that was refused as it might be a real card's. */
export function shownAgain(values: Values, problems: Problems): FormState {
  const { cvc: _, number = '', ...rest } = values;
  return { problems, values: { ...rest, ...(!problems['number'] && { number }) } };
}

/** A form whose payment was refused: said beside the field that it is about, which takes the focus. */
export function refusedForm(
  values: Values,
  refusal: { code?: string | undefined; message: string },
): FormState {
  const field = fieldOf(refusal.code, values['method']);
  return { ...shownAgain(values, {}), problems: { [field]: refusal.message }, focus: field };
}

/** Stripe's error codes that are about another part of a card than its number. */
const FIELDS: Record<string, string> = {
  expired_card: 'expiry',
  invalid_expiry_month: 'expiry',
  invalid_expiry_year: 'expiry',
  incorrect_cvc: 'cvc',
  invalid_cvc: 'cvc',
};

function fieldOf(code: string | undefined, method: string | undefined): string {
  if (method === 'debit') return 'debit_account';
  if (method?.startsWith('saved:')) return 'method';
  return FIELDS[code ?? ''] ?? 'number';
}

/**
 * What buyers typed into pages that are still open, so that it is there again after a detour to their bank. It is
 * kept in memory only, since a test card's number may be part of it: the journal gets none of it.
 */
export class Drafts {
  private readonly kept = new Map<string, Values>();

  keep(page: string, { values }: FormState): void {
    this.kept.delete(page);
    this.kept.set(page, values);
    // Pages that were left for good give way to newer ones.
    if (this.kept.size > MOST) this.kept.delete(this.kept.keys().next().value!);
  }

  of(page: string): Values | undefined {
    return this.kept.get(page);
  }

  forget(page: string): void {
    this.kept.delete(page);
  }
}

const MOST = 1000;
