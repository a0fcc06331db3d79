/* What the pages gain with JavaScript: cards typed in groups, test cards by a click, forms sent once, a theme switch. */

const root = document.documentElement;
const systemDark = matchMedia('(prefers-color-scheme: dark)');

for (const button of document.querySelectorAll('[data-theme-switch]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
  });
}

// A second click before the answer comes sends nothing. The button stays enabled, so that its name and value are sent.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (!form.matches('[data-once]')) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = 'yes';
  event.submitter?.setAttribute('aria-busy', 'true');
});

// A page taken from the back-forward cache has its forms ready again.
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('[data-sent]')) {
    delete form.dataset.sent;
    for (const busy of form.querySelectorAll('[aria-busy]')) busy.removeAttribute('aria-busy');
  }
});

const grouping = {
  'card-number': (digits) => {
    const groups = /^3[47]/.test(digits)
      ? /^(\d{1,4})(\d{1,6})?(\d{1,5})?/
      : /^(\d{1,4})(\d{1,4})?(\d{1,4})?(\d{1,7})?/;
    return (groups.exec(digits) ?? []).slice(1).filter(Boolean).join(' ');
  },
  'card-expiry': (digits) => (digits.length > 2 ? `${digits.slice(0, 2)} / ${digits.slice(2, 4)}` : digits),
  'card-cvc': (digits) => digits.slice(0, 4),
};

/** Regroups what was typed and leaves the cursor behind the same digit. */
function regroup(input) {
  const digitsBefore = input.value.slice(0, input.selectionStart).replace(/\D/g, '').length;
  input.value = grouping[input.dataset.script](input.value.replace(/\D/g, ''));
  let at = 0;
  for (let seen = 0; seen < digitsBefore && at < input.value.length; at += 1)
    if (/\d/.test(input.value[at])) seen += 1;
  input.setSelectionRange(at, at);
}

for (const input of document.querySelectorAll('[data-script]')) {
  input.addEventListener('input', () => regroup(input));
  if (input.value) input.value = grouping[input.dataset.script](input.value.replace(/\D/g, ''));
}

// The country of the card is that of the address until its owner says otherwise.
for (const select of document.querySelectorAll('[data-follows]')) {
  const followed = document.querySelector(`[name="${select.dataset.follows}"]`);
  let own = select.value !== followed.value;
  select.addEventListener('change', () => (own = true));
  followed.addEventListener('change', () => {
    if (!own) select.value = followed.value;
  });
}

for (const button of document.querySelectorAll('[data-fill]')) {
  button.disabled = false;
  button.addEventListener('click', () => {
    for (const [name, value] of Object.entries(JSON.parse(button.dataset.fill))) {
      const input = document.querySelector(`[name="${name}"]`);
      if (!input) continue;
      input.value = value;
      if (input.dataset.script) regroup(input);
    }
    const said = document.querySelector('[data-filled]');
    if (said) said.textContent = `Filled in: ${button.textContent.trim()}.`;
  });
}

document.querySelector('.form-errors')?.focus();
