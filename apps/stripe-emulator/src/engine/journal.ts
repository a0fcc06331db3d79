import { mkdir, open, rename, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from './store.js';

/** One answered request: what it changed, and how many ids had been issued by then. */
export interface JournalLine {
  seed?: string;
  issued: number;
  changes: Change[];
}

/** What was done since is in memory only, so that no emulator may go on after this. */
export class UnwrittenError extends Error {}

/** Lines, or changes within one, that make a piece of text: neither a call nor a long leap of the clock may outgrow one. */
const CHUNK = 500;
const READ_BYTES = 4 * 1024 * 1024;

const pathOf = (directory: string) => join(directory, 'journal.jsonl');

/**
 * An append-only file of JSON lines. Lines that come while others are being synced go to disk together, so that many
 * requests share one fsync; `flushed()` resolves when everything appended so far is on disk. Once writing has failed
 * nothing is written any more, so that no whole line ever follows a torn one.
 */
export class Journal {
  private waiting: string[] = [];
  private kept = Promise.resolve();

  private constructor(private readonly file: FileHandle | null) {}

  /** Keeps nothing: for runs without a data directory. */
  static none(): Journal {
    return new Journal(null);
  }

  /** Line by line, since the whole may be longer than a text can be. A folder that has no journal has no lines. */
  static async *read(directory: string): AsyncGenerator<JournalLine> {
    const file = await open(pathOf(directory)).catch((failure: NodeJS.ErrnoException) => {
      if (failure.code === 'ENOENT') return null;
      throw failure;
    });
    if (!file) return;
    let rest = '';
    let count = 0;
    // Without its newline the last line was cut off by a crash before it was answered: it stays in `rest`.
    for await (const piece of file.createReadStream({ encoding: 'utf8', highWaterMark: READ_BYTES })) {
      const lines = (rest + (piece as string)).split('\n');
      rest = lines.pop()!;
      for (const line of lines) yield parsed(line, directory, (count += 1));
    }
  }

  /** Starts a new file that holds the present state only, and puts it in the old one's place. */
  static async compact(
    directory: string,
    seed: string,
    issued: number,
    state: Iterable<Change>,
  ): Promise<Journal> {
    await mkdir(directory, { recursive: true });
    const path = pathOf(directory);
    const file = await open(`${path}.new`, 'w');
    const write = (changes: Change[]) => file.appendFile(`${JSON.stringify({ seed, issued, changes })}\n`);
    const chunk: Change[] = [];
    for (const change of state) {
      chunk.push(change);
      if (chunk.length === CHUNK) await write(chunk.splice(0));
    }
    await write(chunk);
    await file.sync();
    await rename(`${path}.new`, path);
    const folder = await open(directory, 'r');
    await folder.sync();
    await folder.close();
    return new Journal(file);
  }

  append(line: JournalLine): void {
    if (!this.file) return;
    this.waiting.push(`${JSON.stringify(line)}\n`);
    // The first to wait orders the write that takes all who wait by then; later ones are nothing to wait for.
    if (this.waiting.length === 1) this.kept = this.kept.then(() => this.write());
  }

  flushed(): Promise<void> {
    return this.kept;
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.file?.close();
  }

  private async write(): Promise<void> {
    const lines = this.waiting.splice(0);
    try {
      while (lines.length > 0) await this.file!.appendFile(lines.splice(0, CHUNK).join(''));
      await this.file!.datasync();
    } catch (cause) {
      throw new UnwrittenError(`The journal could not be written: ${(cause as Error).message}.`, { cause });
    }
  }
}

function parsed(line: string, directory: string, number: number): JournalLine {
  try {
    return JSON.parse(line) as JournalLine;
  } catch {
    throw new Error(`${pathOf(directory)} is damaged at line ${number}. Move the folder away to begin anew.`);
  }
}
