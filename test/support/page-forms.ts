/** A form as it stands on a page. */
export interface PageForm {
  readonly action: string;
  /** Names of its fields, with what they hold. */
  readonly fields: ReadonlyMap<string, string>;
}

/** The forms of a page that send something. */
export function formsOf(html: string, path: string): PageForm[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)]
    .filter(([, head]) => /method="post"/i.test(head!))
    .map(([, head, inside]) => ({
      action: decoded(/\baction="([^"]*)"/.exec(head!)?.[1] ?? path),
      fields: new Map(
        [...inside!.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)].flatMap(([, tag]) => {
          const name = /\bname="([^"]+)"/.exec(tag!)?.[1];
          return name ? [[decoded(name), decoded(/\bvalue="([^"]*)"/.exec(tag!)?.[1] ?? '')] as const] : [];
        }),
      ),
    }));
}

function decoded(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
