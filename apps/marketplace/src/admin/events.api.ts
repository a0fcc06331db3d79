import { Controller, Get, HttpCode, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import type { Page } from '#platform';
import { AdminOnly } from '../auth/index.js';
import { csvOf, everyPage, type RequestViewer, Viewer } from '../http/index.js';
import { EventsQuery } from './events.dto.js';
import { AdminEvents, type EventRow } from './events.service.js';

/** Stripe's events as they came in, for programs. */
@AdminOnly()
@Controller('api/v1/admin/events')
export class AdminEventsApi {
  constructor(private readonly events: AdminEvents) {}

  @Get()
  list(@Query() query: EventsQuery): Promise<Page<EventRow>> {
    return this.events.page(query);
  }

  /** Has every dead letter worked off once more. */
  @HttpCode(202)
  @Post('replay-dead')
  async replayDead(@Viewer() { actor }: RequestViewer): Promise<{ replayed: number }> {
    return { replayed: await this.events.replayDead(actor) };
  }

  @Get(':eventId')
  one(@Param('eventId') id: string): Promise<EventRow & { payload: string }> {
    return this.events.one(id);
  }

  /** Has it worked off once more: safe, since the object is taken as it is now. */
  @HttpCode(202)
  @Post(':eventId/replay')
  async replay(@Viewer() { actor }: RequestViewer, @Param('eventId') id: string): Promise<EventRow> {
    await this.events.replay(actor, id);
    return this.events.one(id);
  }
}

/** The list as a file. */
@AdminOnly()
@Controller('admin')
export class AdminEventsCsv {
  constructor(private readonly events: AdminEvents) {}

  @Get('events.csv')
  csv(@Query() query: EventsQuery): Promise<StreamableFile> {
    const rows = everyPage((cursor) => this.events.page({ ...query, ...(cursor && { cursor }) }, 500));
    return csvOf('events', rows, {
      id: ({ id }) => id,
      type: ({ type }) => type,
      door: ({ door }) => door,
      account: ({ account }) => account,
      object: ({ objectId }) => objectId,
      state: ({ state }) => state,
      tries: ({ tries }) => tries,
      last_error: ({ lastError }) => lastError,
      created_at: ({ createdAt }) => createdAt,
      received_at: ({ receivedAt }) => receivedAt,
      done_at: ({ doneAt }) => doneAt,
    });
  }
}
