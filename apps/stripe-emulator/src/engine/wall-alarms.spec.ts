import { setTimeout as pause } from 'node:timers/promises';
import { WallAlarms } from './wall-alarms.js';

describe('alarms by wall time', () => {
  it('ring once, when their moment comes, at once when it is past, and not when cleared', async () => {
    const rung: string[] = [];
    const alarms = new WallAlarms((id) => rung.push(id));
    alarms.set('soon', Date.now() + 20);
    alarms.set('past', Date.now() - 1000);
    alarms.set('cleared', Date.now() + 5);
    alarms.clear('cleared');
    await pause(5);
    expect(rung).toEqual(['past']);
    await pause(60);
    expect(rung).toEqual(['past', 'soon']);
  });
});
