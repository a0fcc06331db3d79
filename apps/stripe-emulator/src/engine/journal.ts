import { open, readFile, rename, mkdir, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from './store.js';

/** One answered request: what it changed, and how many ids had been issued by then. */
export interface JournalLine {
  seed?: string;
  issued: number;
  changes: Change[];
}

const CHUNK = 500;

/**
 * An append-only file of JSON lines. Lines waiting while one is being synced go to disk together, so that many
 * requests share one fsync; `flushed()` resolves when everything appended so far is on disk.
 */
export class Journal {
  private waiting: string[] = [];
  private writing: Promise<void> | null = null;
  private failure: unknown = null;

  private constructor(private readonly file: FileHandle | null) {}

  /** Keeps nothing: for runs without a data directory. */
  static none(): Journal {
    return new Journal(null);
  }

  static async read(directory: string): Promise<JournalLine[]> {
    const text = await readFile(join(directory, 'journal.jsonl'), 'utf8').catch(() => '');
    const lines = text.split('\n');
    // Without its newline the last line was cut off by a crash before it was answered.
    lines.pop();
    return lines.map((line, index) => {
      try {
        return JSON.parse(line) as JournalLine;
      } catch {
        throw new Error(
          `${directory}/journal.jsonl is damaged at line ${index + 1}. Move the folder away to begin anew.`,
        );
      }
    });
  }

  /** Starts a new file that holds the present state only, and puts it in the old one's place. */
  static async compact(
    directory: string,
    seed: string,
    issued: number,
    state: Iterable<Change>,
  ): Promise<Journal> {
    await mkdir(directory, { recursive: true });
    const path = join(directory, 'journal.jsonl');
    const file = await open(`${path}.new`, 'w');
    const write = (changes: Change[]) => file.write(`${JSON.stringify({ seed, issued, changes })}\n`);
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
    this.writing ??= this.write();
  }

  async flushed(): Promise<void> {
    while (this.writing) await this.writing;
    if (this.failure) throw new Error('The journal could not be written.', { cause: this.failure });
  }

  async close(): Promise<void> {
    await this.flushed();
    await this.file?.close();
  }

  private async write(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        await this.file!.write(this.waiting.splice(0).join(''));
        await this.file!.datasync();
      }
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.writing = null;
    }
  }
}
