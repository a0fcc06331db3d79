import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Victim } from './victim.js';

describe('an emulator whose disk is full', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'emulator-full-'));
  });
  afterEach(() => rm(dataDir, { recursive: true }));

  it('answers nothing that it could not keep, and ends with one sentence', async () => {
    const victim = await Victim.start(dataDir, 200);
    const answered: string[] = [];
    const description = 'x'.repeat(300);
    const call = async () => answered.push((await victim.stripe.customers.create({ description })).id);
    await expect(
      (async () => {
        for (;;) await call();
      })(),
    ).rejects.toThrow();
    const { code, said } = await victim.ended;
    expect(code).toBe(1);
    const lines = said.trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([
      expect.stringMatching(/^The journal could not be written: EFBIG.*\.$/),
    ]);
    expect(answered.length).toBeGreaterThan(5);

    const again = await Victim.start(dataDir);
    const kept = await again.stripe.customers.list({ limit: 100 }).autoPagingToArray({ limit: 1000 });
    expect(answered.filter((id) => !kept.some((customer) => customer.id === id))).toEqual([]);
    await again.kill();
    expect(await readFile(join(dataDir, 'journal.jsonl'), 'utf8')).toContain(answered[0]);
  });
});
