import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { VNode } from 'preact';
import { assetUrl } from './assets.js';
import { Notice, type Tone } from './notice.js';

/** Who looks at the page; the shells draw the account menu from it. */
export type Viewer = { name: string; sellers: { id: string; name: string }[]; isAdmin: boolean };

/** One sentence carried over a redirect. */
export type Flash = { tone: Tone; text: string };

/** What every shell needs to know about the request. */
export type Frame = {
  title: string;
  description?: string;
  viewer?: Viewer;
  cartCount?: number;
  flash?: Flash;
  /** From the `theme` cookie; without it the page follows the system's setting. */
  theme?: Theme;
};

export type Theme = 'light' | 'dark';

/** The theme a `theme` cookie asks for; anything unknown follows the system. */
export const themeFromCookie = (value: string | undefined): Theme | undefined =>
  value === 'light' || value === 'dark' ? value : undefined;

/** The whole response body of a page: doctype and everything a shell drew. */
export const renderPage = (page: VNode): string => `<!doctype html>${render(page)}`;

/** Part of a page, for live regions and mails. */
export const renderFragment = (part: VNode): string => render(part);

/** `<html>` with head, skip link and the flash; the shells put their layout inside. */
export function Document(props: Frame & { bodyClass?: string; children: ComponentChildren }) {
  return (
    <html lang="en" data-theme={props.theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{props.title === 'Guildhall' ? props.title : `${props.title} · Guildhall`}</title>
        {props.description && <meta name="description" content={props.description} />}
        <link
          rel="preload"
          href={assetUrl('inter-latin-wght-normal.woff2')}
          as="font"
          type="font/woff2"
          crossorigin="anonymous"
        />
        <link rel="stylesheet" href={assetUrl('guildhall.css')} />
        <link rel="icon" href={assetUrl('mark.svg')} type="image/svg+xml" />
        <script src={assetUrl('guildhall.js')} defer />
      </head>
      <body class={props.bodyClass}>
        <a class="skip-link" href="#content">
          Skip to the content
        </a>
        {props.children}
      </body>
    </html>
  );
}

/** The flash of a shell, announced politely. */
export const FlashNotice = ({ flash }: { flash?: Flash }) =>
  flash ? (
    <div class="flash" role="status">
      <Notice tone={flash.tone}>{flash.text}</Notice>
    </div>
  ) : null;
