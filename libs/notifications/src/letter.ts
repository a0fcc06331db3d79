/** A mail's words, of which text and HTML are made alike. */
export interface MailWords {
  readonly subject: string;
  readonly greeting: string | null;
  readonly paragraphs: readonly string[];
  readonly action?: { readonly label: string; readonly url: string };
  /** Small, at the end. */
  readonly note?: string;
}

export function asText(words: MailWords): string {
  const action = words.action && `${words.action.label}:\n${words.action.url}`;
  const parts = [words.greeting, ...words.paragraphs, action, words.note, '--\nGuildhall'];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

/** Plain HTML with the few styles that mail programs agree on. */
export function asHtml(words: MailWords): string {
  const paragraph = (text: string) => `<p style="margin:0 0 16px">${escape(text)}</p>`;
  const action = words.action
    ? `<p style="margin:24px 0"><a href="${escape(words.action.url)}" style="display:inline-block;padding:12px 20px;` +
      `border-radius:8px;background:#1f2937;color:#ffffff;text-decoration:none;font-weight:600">` +
      `${escape(words.action.label)}</a></p>`
    : '';
  const note = words.note
    ? `<p style="margin:24px 0 0;color:#5b6472;font-size:14px">${escape(words.note)}</p>`
    : '';
  const body = [words.greeting, ...words.paragraphs]
    .filter((text) => text !== null)
    .map(paragraph)
    .join('');
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(words.subject)}</title></head>` +
    `<body style="margin:0;padding:32px 16px;background:#f6f7f9;color:#1a1f29;font:16px/1.5 system-ui,sans-serif">` +
    `<div style="max-width:560px;margin:0 auto;padding:32px;background:#ffffff;border-radius:12px">` +
    `${body}${action}${note}</div></body></html>`
  );
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
