/* What pages gain with JavaScript: a theme switch, live regions, forms sent once, menus that close. Everything works without. */

const root = document.documentElement;
const systemDark = matchMedia('(prefers-color-scheme: dark)');

for (const button of document.querySelectorAll('[data-theme-switch]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    document.cookie = `theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
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

function closeMenus(except) {
  for (const menu of document.querySelectorAll('details[data-menu][open]'))
    if (menu !== except) menu.open = false;
}
document.addEventListener('click', (event) => closeMenus(event.target.closest('details[data-menu]')));
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const open = document.querySelector('details[data-menu][open]');
  closeMenus();
  open?.querySelector('summary').focus();
});

document.querySelector('.form-errors')?.focus();

/** Offers the names that the API finds for what has been typed so far; the latest question counts. */
function suggest(field) {
  let question;
  field.addEventListener('input', () => {
    clearTimeout(question);
    const words = field.value.trim();
    if (!words) return field.list.replaceChildren();
    question = setTimeout(async () => {
      const answer = await fetch(field.dataset.suggest + encodeURIComponent(words), {
        headers: { accept: 'application/json' },
        credentials: 'same-origin',
      });
      if (!answer.ok || field.value.trim() !== words) return;
      const { items } = await answer.json();
      field.list.replaceChildren(...items.slice(0, 8).map(({ name }) => new Option(name, name)));
    }, 200);
  });
}

for (const field of document.querySelectorAll('[data-suggest]')) suggest(field);

/** Asks for a region's content until the answer says that nothing more will change; pauses while the page is hidden. */
function follow(region) {
  const base = Number(region.dataset.every) || 2000;
  let wait = base;
  const ask = async () => {
    if (document.hidden) return setTimeout(ask, wait);
    try {
      const answer = await fetch(region.dataset.live, {
        headers: { accept: 'text/html' },
        credentials: 'same-origin',
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const news = document.createElement('template');
      news.innerHTML = await answer.text();
      // Replaced only when it changed: otherwise the focus would be lost, and a screen reader would read the same again.
      if (news.innerHTML !== region.innerHTML) region.replaceChildren(news.content);
      wait = base;
      if (region.querySelector('[data-live-done]')) return;
    } catch {
      wait = Math.min(wait * 2, 30000);
    }
    setTimeout(ask, wait);
  };
  setTimeout(ask, wait);
}

for (const region of document.querySelectorAll('[data-live]')) follow(region);
