import { Clock } from './clock.js';
import type { Ids } from './ids.js';
import type { TimerRecord } from './records.js';
import type { Store } from './store.js';

type Work = (...args: string[]) => void;

/**
 * Work that is due at a moment of the clock. Timers are rows of the store, so they survive a restart; the heap only
 * says which one is next.
 */
export class Timers {
  private readonly heap: { due: number; order: number; id: string }[] = [];
  private readonly verbs = new Map<string, Work>();
  private order = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Names the work of a verb; timers carry the name only. */
  on(verb: string, work: Work): void {
    this.verbs.set(verb, work);
  }

  /**
   * @param due milliseconds; @param id a timer with the same id is not set twice; @param clock the test clock it goes by
   */
  set(due: number, verb: string, args: string[] = [], id = this.ids.next('timer'), clock?: string): string {
    if (this.store.get('timer', '', id)) return id;
    this.store.insert('timer', '', { id, due, verb, args, ...(clock && { clock }) });
    if (!clock) this.push(due, id);
    return id;
  }

  cancel(id: string): void {
    this.store.remove('timer', '', id);
  }

  /** Fills the heap from rows that came from the journal. */
  rebuild(): void {
    for (const timer of this.store.all('timer', '')) if (!timer.clock) this.push(timer.due, timer.id);
  }

  get nextDue(): number | null {
    const top = this.top();
    return top ? top.due : null;
  }

  /**
   * Takes the earliest timer that is due by `until` and runs it as of its own moment. Work that fails is a bug of the
   * emulator: it is undone and thrown, stands in nobody's way, and is tried again at the next start.
   */
  runNext(until: number): boolean {
    const timer = this.top();
    if (!timer || timer.due > until) return false;
    this.pop();
    try {
      this.clock.at(timer.due, () => this.store.atomically(() => this.run(timer)));
    } catch (cause) {
      throw new Error(`${timer.verb} (${timer.args.join(', ')}) failed: ${messageOf(cause)}`, { cause });
    }
    return true;
  }

  /** The same for a test clock; `at` is told the moment before the work is done. */
  runNextOf(clock: string, until: number, at: (due: number) => void): boolean {
    const [timer] = this.store.by('timer', '', 'clock', clock).sort((a, b) => a.due - b.due);
    if (!timer || timer.due > until) return false;
    at(timer.due);
    this.run(timer);
    return true;
  }

  cancelAllOf(clock: string): void {
    for (const timer of this.store.by('timer', '', 'clock', clock)) this.cancel(timer.id);
  }

  private run(timer: TimerRecord): void {
    this.store.remove('timer', '', timer.id);
    const work = this.verbs.get(timer.verb);
    if (!work) throw new Error(`No work is known by the name ${timer.verb}.`);
    work(...timer.args);
  }

  private top(): TimerRecord | undefined {
    while (this.heap.length > 0) {
      const timer = this.store.get('timer', '', this.heap[0]!.id);
      // An id that was set again has a row with another moment, and a place of its own in the heap.
      if (timer?.due === this.heap[0]!.due && !timer.clock) return timer;
      this.pop();
    }
    return undefined;
  }

  private push(due: number, id: string): void {
    const { heap } = this;
    heap.push({ due, id, order: (this.order += 1) });
    let place = heap.length - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!before(heap[place]!, heap[parent]!)) break;
      [heap[place], heap[parent]] = [heap[parent]!, heap[place]!];
      place = parent;
    }
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop()!;
    if (heap.length === 0) return;
    heap[0] = last;
    let place = 0;
    for (;;) {
      const left = 2 * place + 1;
      const right = left + 1;
      let least = place;
      if (left < heap.length && before(heap[left]!, heap[least]!)) least = left;
      if (right < heap.length && before(heap[right]!, heap[least]!)) least = right;
      if (least === place) return;
      [heap[place], heap[least]] = [heap[least]!, heap[place]!];
      place = least;
    }
  }
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

function before(a: { due: number; order: number }, b: { due: number; order: number }): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}
