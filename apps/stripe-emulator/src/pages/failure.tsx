import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../engine/errors.js';
import { sendPage } from './send.js';
import { Narrow } from './ui/hosted.js';

/** What went wrong, as a page; a bug of the emulator is a 500 that says so. */
export function sendFailure(reply: FastifyReply, failure: unknown, request: FastifyRequest): FastifyReply {
  if (failure instanceof Refusal) {
    const heading = failure.status === 404 ? 'There is nothing here' : 'That did not work';
    return sendPage(reply, {
      title: heading,
      status: failure.status,
      body: <Narrow heading={heading} lead={failure.error.message} />,
    });
  }
  const { statusCode = 500, message } = failure as { statusCode?: number; message?: string };
  if (statusCode >= 500) request.log.error(failure);
  const heading = statusCode >= 500 ? 'The emulator failed' : 'That did not work';
  return sendPage(reply, {
    title: heading,
    status: statusCode,
    body: <Narrow heading={heading} lead={message ?? 'Try again.'} />,
  });
}

/** A page for an address that leads nowhere. */
export function sendMissing(reply: FastifyReply, lead: string): FastifyReply {
  return sendPage(reply, {
    title: 'There is nothing here',
    status: 404,
    body: <Narrow heading="There is nothing here" lead={lead} />,
  });
}
