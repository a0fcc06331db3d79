import type { AccountRecord } from '../../engine/account-record.js';
import { TEST_ROUTING } from '../bank.rules.js';
import type { Values } from '../ui/forms.js';
import { isCompany, type Step } from './steps.rules.js';

type Address = Partial<
  Record<'line1' | 'line2' | 'city' | 'state' | 'postal_code' | 'country', string | null | undefined>
>;

/** What the account already says, as the fields of a page. Id numbers and bank numbers are never shown again. */
export function knownValues(step: Step, record: AccountRecord): Values {
  const { individual, company, profile } = record;
  switch (step) {
    case 'business':
      return {
        entity_type: record.entity_type === null ? '' : isCompany(record) ? 'company' : 'individual',
        product_description: profile.product_description ?? '',
      };
    case 'company':
      return {
        registered_name: company?.registered_name ?? record.display_name ?? '',
        phone: company?.phone ?? '',
        ...addressValues(company?.address, record),
      };
    case 'person':
      return {
        given_name: individual?.given_name ?? '',
        surname: individual?.surname ?? '',
        email: individual?.email ?? record.contact_email ?? '',
        date_of_birth: birthdayValue(individual?.date_of_birth),
        ...addressValues(individual?.address, record),
      };
    case 'bank':
      return { routing_number: TEST_ROUTING };
    default:
      return {};
  }
}

function addressValues(address: Address | null | undefined, record: AccountRecord): Values {
  return {
    line1: address?.line1 ?? '',
    line2: address?.line2 ?? '',
    city: address?.city ?? '',
    state: address?.state ?? '',
    postal_code: address?.postal_code ?? '',
    country: (address?.country ?? record.country ?? 'US').toUpperCase(),
  };
}

export function birthdayValue(
  birthday: { day: number; month: number; year: number } | null | undefined,
): string {
  if (!birthday) return '';
  const two = (part: number) => String(part).padStart(2, '0');
  return `${birthday.year}-${two(birthday.month)}-${two(birthday.day)}`;
}
