import type { ComponentChildren } from 'preact';
import { Icon } from './icon.js';

/** What a form was sent with, by field name. */
export type Values = Record<string, string>;
/** What is wrong, by field name, in words that say how to mend it. */
export type Problems = Record<string, string>;

/** A form as it is shown: what was typed, and what is wrong with it. */
export interface FormState {
  values: Values;
  problems: Problems;
  /** The field that the page begins at. */
  focus?: string | undefined;
}

type Common = FormState & {
  name: string;
  label: string;
  help?: ComponentChildren;
  optional?: boolean;
};

const fieldId = (name: string): string => `field-${name.replaceAll(/[^\w-]+/g, '-')}`;

function described({ name, help, problems, optional, focus }: Common) {
  const id = fieldId(name);
  const parts = [help && `${id}-help`, problems[name] && `${id}-error`].filter(Boolean);
  return {
    id,
    name,
    required: !optional,
    autofocus: focus === name,
    'aria-describedby': parts.length > 0 ? parts.join(' ') : undefined,
    'aria-invalid': problems[name] ? ('true' as const) : undefined,
  };
}

function Frame(props: Common & { children: ComponentChildren }) {
  const id = fieldId(props.name);
  return (
    <div class={props.problems[props.name] ? 'field field-wrong' : 'field'}>
      <label for={id}>
        {props.label}
        {props.optional && <span class="optional"> (optional)</span>}
      </label>
      {props.children}
      <FieldError name={props.name} problems={props.problems} />
      {props.help && (
        <p class="help" id={`${id}-help`}>
          {props.help}
        </p>
      )}
    </div>
  );
}

const FieldError = ({ name, problems }: { name: string; problems: Problems }) =>
  problems[name] ? (
    <p class="field-error" id={`${fieldId(name)}-error`}>
      <Icon name="tone-bad" />
      {problems[name]}
    </p>
  ) : null;

export const Field = (
  props: Common & {
    type?: 'text' | 'email' | 'tel' | 'date' | 'datetime-local' | 'number';
    autocomplete?: string;
    inputMode?: 'numeric' | 'email' | 'tel';
    placeholder?: string;
    maxLength?: number;
    readOnly?: boolean;
    /** Names what the script does with it. */
    script?: 'card-number' | 'card-expiry' | 'card-cvc';
  },
) => (
  <Frame {...props}>
    <input
      class="control"
      {...described(props)}
      // Preact's types tie each input type to the roles it may take; none is set here.
      type={(props.type ?? 'text') as 'text'}
      value={props.values[props.name] ?? ''}
      autocomplete={props.autocomplete ?? 'off'}
      inputMode={props.inputMode}
      placeholder={props.placeholder}
      maxLength={props.maxLength ?? 200}
      readOnly={props.readOnly}
      data-script={props.script}
    />
  </Frame>
);

export interface Option {
  value: string;
  label: string;
  hint?: ComponentChildren;
}

export const Select = (
  props: Common & {
    options: Option[];
    autocomplete?: string;
    /** A field whose value it takes over until somebody chooses here. */
    follows?: string | undefined;
  },
) => (
  <Frame {...props}>
    <div class="select">
      <select
        class="control"
        {...described(props)}
        autocomplete={props.autocomplete}
        data-follows={props.follows}
      >
        {props.options.map(({ value, label }) => (
          <option key={value} value={value} selected={value === props.values[props.name]}>
            {label}
          </option>
        ))}
      </select>
      <Icon name="chevron-down" />
    </div>
  </Frame>
);

/** One of a few, all in sight. */
export function Choice(props: Common & { options: Option[] }) {
  const { name, problems, values, options, focus } = props;
  const id = fieldId(name);
  // What leads to the question leads to its answer, or to the first that can be chosen.
  const entry = options.some(({ value }) => value === values[name]) ? values[name] : options[0]?.value;
  return (
    <fieldset
      class={problems[name] ? 'choice field-wrong' : 'choice'}
      aria-describedby={problems[name] && `${id}-error`}
    >
      <legend>{props.label}</legend>
      {options.map(({ value, label, hint }) => (
        <label key={value} class="choice-option">
          <input
            type="radio"
            id={value === entry ? id : undefined}
            name={name}
            value={value}
            checked={values[name] === value}
            autofocus={focus === name && value === entry}
          />
          <span>
            <span class="choice-label">{label}</span>
            {hint && <span class="help">{hint}</span>}
          </span>
        </label>
      ))}
      <FieldError name={name} problems={problems} />
    </fieldset>
  );
}

export function Checkbox(props: Common) {
  const { name, label, problems, values } = props;
  return (
    <div class={problems[name] ? 'field field-wrong' : 'field'}>
      <div class="check">
        <input type="checkbox" {...described(props)} value="yes" checked={values[name] === 'yes'} />
        <label for={fieldId(name)}>{label}</label>
      </div>
      <FieldError name={name} problems={problems} />
    </div>
  );
}

export const FieldRow = ({ children }: { children: ComponentChildren }) => (
  <div class="field-row">{children}</div>
);

/** Fields under one question. */
export const FieldGroup = (props: { legend: string; children: ComponentChildren }) => (
  <fieldset class="field-group">
    <legend>{props.legend}</legend>
    {props.children}
  </fieldset>
);

export const Button = (props: {
  look?: 'primary' | 'secondary' | 'danger' | 'quiet';
  wide?: boolean;
  small?: boolean;
  name?: string;
  value?: string;
  children: ComponentChildren;
}) => (
  <button
    class={[
      'button',
      `button-${props.look ?? 'secondary'}`,
      props.wide && 'button-wide',
      props.small && 'button-small',
    ]
      .filter(Boolean)
      .join(' ')}
    type="submit"
    name={props.name}
    value={props.value}
  >
    {props.children}
  </button>
);

/** A form that changes something, sent once however often it is clicked. */
export const PostForm = (props: {
  action: string;
  inline?: boolean;
  label?: string;
  children: ComponentChildren;
}) => (
  <form
    method="post"
    action={props.action}
    class={props.inline ? 'form-inline' : 'form'}
    aria-label={props.label}
    data-once
    noValidate
  >
    {props.children}
  </form>
);

/** The summary above a form that came back: takes the focus where a script runs, and each line leads to its field. */
export function FormProblems({ problems }: { problems: Problems }) {
  const entries = Object.entries(problems);
  if (entries.length === 0) return null;
  return (
    <div class="form-errors" role="alert" tabIndex={-1}>
      <p class="form-errors-title">
        <Icon name="tone-bad" />
        {entries.length === 1 ? 'One thing needs mending' : `${entries.length} things need mending`}
      </p>
      <ul>
        {entries.map(([name, message]) => (
          <li key={name}>
            <a href={`#${fieldId(name)}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
