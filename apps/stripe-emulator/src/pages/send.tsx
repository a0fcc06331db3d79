import type { FastifyReply } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import { assetUrl } from './assets.js';

export interface PageOptions {
  title: string;
  /** 200 unless told. */
  status?: number;
  body: VNode;
}

/** Answers with a whole page. */
export function sendPage(reply: FastifyReply, { title, status = 200, body }: PageOptions): FastifyReply {
  const html = render(
    <Document title={title} theme={themeOf(reply.request.headers.cookie)}>
      {body}
    </Document>,
  );
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header(
      'content-security-policy',
      "default-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'",
    )
    .header('referrer-policy', 'same-origin')
    .header('x-content-type-options', 'nosniff')
    .send(`<!doctype html>${html}`);
}

function themeOf(cookies: string | undefined): string | undefined {
  return /(?:^|;\s*)theme=(light|dark)(?:;|$)/.exec(cookies ?? '')?.[1];
}

const Document = (props: { title: string; theme: string | undefined; children: ComponentChildren }) => (
  <html lang="en" data-theme={props.theme}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex" />
      <title>{`${props.title} · Stripe emulator`}</title>
      <link rel="stylesheet" href={assetUrl('pages.css')} />
      <link rel="icon" href={assetUrl('mark.svg')} type="image/svg+xml" />
      <script src={assetUrl('pages.js')} defer />
    </head>
    <body>
      <a class="skip-link" href="#content">
        Skip to the content
      </a>
      {props.children}
    </body>
  </html>
);
