import type { VNode } from 'preact';
import type { Flash } from '../ui/index.js';

/** A redirect after a form; the flash is one sentence shown on the next page. */
export class SeeOther {
  constructor(
    readonly location: string,
    readonly flash?: Flash,
  ) {}
}

export function seeOther(location: string, flash?: Flash): SeeOther {
  return new SeeOther(location, flash);
}

/** A page with another status than 200, such as a form with its errors. */
export class Redrawn {
  constructor(
    readonly page: VNode,
    readonly status: number,
  ) {}
}

export function redraw(page: VNode, status = 422): Redrawn {
  return new Redrawn(page, status);
}

/** A part of a page for a live region; an element with `data-live-done` in it tells the page to stop asking. */
export class Fragment {
  constructor(readonly part: VNode) {}
}

export function fragment(part: VNode): Fragment {
  return new Fragment(part);
}
