import type { ComponentChildren } from 'preact';
import { currencyDecimals } from './format.js';
import { Icon } from './icon.js';

type Common = {
  name: string;
  label: string;
  help?: ComponentChildren;
  /** In words that say how to mend it. */
  error?: string;
  required?: boolean;
  disabled?: boolean;
};

/** The id of the control with this name; error summaries link to it. */
export const fieldId = (name: string): string => `field-${name.replace(/[^\w-]+/g, '-').replace(/-$/, '')}`;

/** What the control itself says about its label, help and error. */
function described({ name, help, error, required, disabled }: Common) {
  const id = fieldId(name);
  const parts = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean);
  return {
    id,
    name,
    required,
    disabled,
    'aria-describedby': parts.length ? parts.join(' ') : undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  };
}

/** Label above, control, error, help: the frame that every control shares. */
function Frame(props: Common & { children: ComponentChildren }) {
  const id = fieldId(props.name);
  return (
    <div class={props.error ? 'field field-wrong' : 'field'}>
      <label for={id}>
        {props.label}
        {!props.required && <span class="optional"> (optional)</span>}
      </label>
      {props.children}
      <FieldError id={id} error={props.error} />
      {props.help && (
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      )}
    </div>
  );
}

const FieldError = ({ id, error }: { id: string; error?: string }) =>
  error ? (
    <p class="field-error" id={`${id}-error`}>
      <Icon name="tone-bad" />
      {error}
    </p>
  ) : null;

/** One line of text; what was typed stays in `value`. */
export const Field = (
  props: Common & {
    value?: string;
    type?: 'text' | 'email' | 'password' | 'search' | 'url' | 'tel' | 'number' | 'date' | 'datetime-local';
    autocomplete?: string;
    inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'url';
    placeholder?: string;
    maxLength?: number;
    min?: string | number;
    max?: string | number;
    /** Where the script asks for names that begin with what was typed: a list of the API. */
    suggest?: string;
  },
) => (
  <Frame {...props}>
    <input
      class="control"
      {...described(props)}
      // Preact's types tie each input type to the roles it may take; we never set one.
      type={(props.type ?? 'text') as 'text'}
      value={props.value}
      autocomplete={props.autocomplete}
      inputMode={props.inputMode}
      placeholder={props.placeholder}
      maxLength={props.maxLength}
      min={props.min}
      max={props.max}
      list={props.suggest && `${fieldId(props.name)}-list`}
      data-suggest={props.suggest}
    />
    {props.suggest && <datalist id={`${fieldId(props.name)}-list`} />}
  </Frame>
);

/** Several lines of text. */
export const TextArea = (props: Common & { value?: string; rows?: number; maxLength?: number }) => (
  <Frame {...props}>
    <textarea class="control" {...described(props)} rows={props.rows ?? 5} maxLength={props.maxLength}>
      {props.value}
    </textarea>
  </Frame>
);

export type Option = { value: string; label: string };

/** One of several; `placeholder` is the empty choice. */
export const Select = (props: Common & { options: Option[]; value?: string; placeholder?: string }) => (
  <Frame {...props}>
    <div class="select">
      <select class="control" {...described(props)}>
        {props.placeholder !== undefined && <option value="">{props.placeholder}</option>}
        {props.options.map(({ value, label }) => (
          <option key={value} value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </div>
  </Frame>
);

/** Yes or no, with its label beside it. */
export function Checkbox(props: Common & { checked?: boolean; value?: string }) {
  const id = fieldId(props.name);
  return (
    <div class={props.error ? 'field field-wrong' : 'field'}>
      <div class="check">
        <input type="checkbox" {...described(props)} value={props.value ?? 'yes'} checked={props.checked} />
        <label for={id}>{props.label}</label>
      </div>
      <FieldError id={id} error={props.error} />
      {props.help && (
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      )}
    </div>
  );
}

/** An amount as people type it ("12.50"), with the currency it is in; the server reads it as a decimal string. */
export const MoneyInput = (props: Common & { currency: string; value?: string }) => (
  <Frame {...props}>
    <div class="with-unit">
      <input
        class="control control-number"
        {...described(props)}
        type="text"
        inputMode={currencyDecimals(props.currency) ? 'decimal' : 'numeric'}
        autocomplete="off"
        value={props.value}
        placeholder={
          currencyDecimals(props.currency) ? `0.${'0'.repeat(currencyDecimals(props.currency))}` : '0'
        }
      />
      <span class="unit">{props.currency.toUpperCase()}</span>
    </div>
  </Frame>
);

/** One or more files; the form around it needs `files`. */
export const FileInput = (props: Common & { accept?: string; multiple?: boolean }) => (
  <Frame {...props}>
    <input
      class="control control-file"
      {...described(props)}
      type="file"
      accept={props.accept}
      multiple={props.multiple}
    />
  </Frame>
);

/** Fields that belong together, side by side where there is room. */
export const FieldRow = ({ children }: { children: ComponentChildren }) => (
  <div class="field-row">{children}</div>
);

/** Fields under one question. */
export const FieldGroup = (props: { legend: string; help?: string; children: ComponentChildren }) => (
  <fieldset class="field-group">
    <legend>{props.legend}</legend>
    {props.help && <p class="help">{props.help}</p>}
    {props.children}
  </fieldset>
);

/** The summary above a form that was sent back: takes the focus, and each line leads to its field. */
export function FormErrors({ errors }: { errors: { field?: string; message: string }[] }) {
  if (!errors.length) return null;
  return (
    <div class="form-errors" role="alert" tabIndex={-1} autofocus>
      <p class="form-errors-title">
        <Icon name="tone-bad" />
        {errors.length === 1 ? 'One thing needs mending' : `${errors.length} things need mending`}
      </p>
      <ul>
        {errors.map(({ field, message }) => (
          <li key={`${field}:${message}`}>
            {field ? <a href={`#${fieldId(field)}`}>{message}</a> : message}
          </li>
        ))}
      </ul>
    </div>
  );
}
