import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, type ErrorKind, newId } from '#kernel';
import { Log } from '#platform';
import { inOurTerms } from '#stripe';
import { ButtonLink, EmptyState, Shell } from '../ui/index.js';
import { frameOf } from './page-frame.js';
import { page } from './render.interceptor.js';

const statuses: Record<ErrorKind, number> = {
  invalid: 422,
  not_found: 404,
  forbidden: 403,
  unauthenticated: 401,
  conflict: 409,
  too_many: 429,
  unavailable: 503,
};

const titles: Record<number, string> = {
  400: 'We did not understand this request',
  401: 'Please sign in',
  403: 'This is not for you',
  404: 'There is nothing here',
  409: 'Something has changed in the meantime',
  413: 'That is too large',
  414: 'That address is too long',
  415: 'We can’t read this kind of content',
  422: 'Some fields need your attention',
  429: 'Please wait a moment',
  503: 'Please try again in a moment',
};

/** RFC 9457; `code` is stable, `detail` is for people, `errors` names fields. */
interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: Readonly<Record<string, string>>;
}

/** The one place that makes HTTP of errors: problem+json for the API, a page for people. */
@Catch()
@Injectable()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(error, host.switchToHttp().getRequest(), host.switchToHttp().getResponse());
  }

  /** Also for what Fastify refuses before a handler is asked: a body that is no JSON, or too large, or an address. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const problem = this.problemOf(inOurTerms(error), request);
    reply.status(problem.status);
    if (problem.status === 429) reply.header('retry-after', '60');
    if (isApi(request)) {
      void reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
    } else if (problem.status === 401 && request.method === 'GET') {
      void reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303);
    } else {
      void reply.send(page(reply, <ErrorPage frame={frameOf(request)} problem={problem} />));
    }
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof DomainError) {
      const fields = Object.keys(error.fields).length > 0 ? { errors: error.fields } : {};
      return problem(statuses[error.kind], error.code, error.message, fields);
    }
    // PostgreSQL's character_not_in_repertoire: a NUL byte in some text that was sent.
    if ((error as { code?: string }).code === '22021')
      return problem(400, 'request_refused', clientSentence(400));
    const status =
      error instanceof HttpException
        ? error.getStatus()
        : ((error as { statusCode?: number }).statusCode ?? 500);
    if (status >= 400 && status < 500) {
      return problem(status, status === 404 ? 'route_not_found' : 'request_refused', clientSentence(status));
    }
    const reference = newId('err');
    this.log.error('a request failed', {
      error,
      reference,
      method: request.method,
      route: request.routeOptions?.url,
    });
    return problem(
      500,
      'internal_error',
      `Something went wrong on our side. Nothing you paid is lost. If it stays, tell us this reference: ${reference}.`,
    );
  }
}

function problem(status: number, code: string, detail: string, more: Partial<Problem> = {}): Problem {
  return {
    type: `/docs/errors#${code}`,
    title: titles[status] ?? 'Something went wrong',
    status,
    code,
    detail,
    ...more,
  };
}

function clientSentence(status: number): string {
  if (status === 404) return 'This address leads nowhere. Check it, or start from the home page.';
  if (status === 413) return 'What you sent is too large. Send less at once.';
  if (status === 415) return 'Send JSON or a form.';
  return 'We could not read this request. Check it and send it again.';
}

function isApi(request: FastifyRequest): boolean {
  return (
    request.url.startsWith('/api/') ||
    request.url.startsWith('/webhooks/') ||
    request.url.startsWith('/health')
  );
}

const ErrorPage = ({ frame, problem }: { frame: ReturnType<typeof frameOf>; problem: Problem }) => (
  <Shell {...frame} title={problem.title}>
    <EmptyState title={problem.title} action={<ButtonLink href="/">Go to the home page</ButtonLink>}>
      {problem.detail}
    </EmptyState>
  </Shell>
);
