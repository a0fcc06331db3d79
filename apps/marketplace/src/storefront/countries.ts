import { isISO31661Alpha2 } from 'class-validator';
import { countryName } from './country-name.js';

const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Every country there is, by its English name, as a form's choices. */
export const countries: { value: string; label: string }[] = letters
  .flatMap((first) => letters.map((second) => first + second))
  .filter(isISO31661Alpha2)
  .map((code) => ({ value: code, label: countryName(code) }))
  .sort((a, b) => a.label.localeCompare(b.label, 'en'));
