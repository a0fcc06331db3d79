import { assertDocumented } from './documented.js';

/** What HTTP journeys use instead of a browser: cookies, forms as a page would send them, JSON as a program would. */
export class Browser {
  private readonly cookies = new Map<string, string>();
  /** Sent with every API call when set. */
  bearer: string | null = null;

  constructor(readonly origin: string) {}

  async open(path: string): Promise<Answer> {
    return this.follow(await this.send('GET', path));
  }

  /** Sends a form and follows the redirect, as a browser would. */
  async submit(path: string, fields: Record<string, string | string[]> = {}): Promise<Answer> {
    return this.follow(await this.post(path, fields));
  }

  /** Sends a form and shows the answer itself. */
  async post(path: string, fields: Record<string, string | string[]> = {}): Promise<Answer> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) {
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
    }
    return this.send('POST', path, body.toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  }

  async api<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; body: T; headers: Headers }> {
    const answer = await this.send(method, path, body === undefined ? undefined : JSON.stringify(body), {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      accept: 'application/json',
      ...headers,
    });
    const { status } = answer;
    const json = (answer.text ? JSON.parse(answer.text) : null) as unknown;
    await assertDocumented(this.origin, { method, path, status, body: json });
    return { status, body: json as T, headers: answer.headers };
  }

  async send(
    method: string,
    path: string,
    body?: string | Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const url = new URL(path, this.origin);
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies.size > 0 && {
          cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        }),
        ...(this.bearer && { authorization: `Bearer ${this.bearer}` }),
        ...(method !== 'GET' && { 'sec-fetch-site': 'same-origin', origin: this.origin }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });
    for (const cookie of response.headers.getSetCookie()) this.keep(cookie);
    return {
      status: response.status,
      text: await response.text(),
      headers: response.headers,
      path: url.pathname + url.search,
    };
  }

  private async follow(answer: Answer): Promise<Answer> {
    let current = answer;
    for (let hops = 0; hops < 5; hops++) {
      const location = current.headers.get('location');
      if (!location || current.status < 300 || current.status > 399) return current;
      // Another site, such as Stripe's page: the test goes on from its address.
      if (new URL(location, this.origin).origin !== this.origin) return current;
      current = await this.send('GET', location);
    }
    throw new Error(`too many redirects after ${answer.path}`);
  }

  private keep(cookie: string): void {
    const [pair, ...attributes] = cookie.split(';');
    const at = pair!.indexOf('=');
    const name = pair!.slice(0, at);
    const gone = attributes.some((attribute) => /^\s*max-age=0|expires=Thu, 01 Jan 1970/i.test(attribute));
    if (gone) this.cookies.delete(name);
    else this.cookies.set(name, pair!.slice(at + 1));
  }
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly path: string;
}
