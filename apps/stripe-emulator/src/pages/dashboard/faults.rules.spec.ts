import { readApiFault, readWebhookFaults } from './faults.rules.js';

const KNOWN = ['POST /v1/transfers'];
const fault = { route: 'POST /v1/transfers', answer: 'close', when: 'after', skip: '2', times: '3' };

describe('faults as planned on the dashboard', () => {
  it('name a call, an answer and how often', () => {
    expect(readApiFault(fault, KNOWN)).toEqual({
      fault: { route: 'POST /v1/transfers', when: 'after', status: 'close', skip: 2, times: 3, rate: 1 },
      problems: {},
    });
    expect(readApiFault({ ...fault, route: '*', answer: '429' }, KNOWN).fault.status).toBe(429);
  });

  it('are refused for calls, answers and numbers that make no sense', () => {
    const { problems } = readApiFault(
      { route: 'POST /v1/none', answer: '200', skip: '-1', times: '0' },
      KNOWN,
    );
    expect(Object.keys(problems)).toEqual(['route', 'answer', 'skip', 'times']);
    expect(readWebhookFaults({ drop: 'many' }).problems).toEqual({
      drop: 'Enter a whole number from 0 to 9999.',
    });
  });

  it('leave events alone where nothing was entered', () => {
    expect(readWebhookFaults({ reorder: '3' }).plan).toEqual({
      drop: 0,
      duplicate: 0,
      delay: 0,
      truncate: 0,
      wrong_signature: 0,
      reorder: 3,
      paused: false,
    });
  });
});
