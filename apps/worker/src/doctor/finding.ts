/** One thing the doctor looked at; where it is not well, the sentence says what to do. */
export interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly sentence: string;
}

export const good = (what: string, sentence: string): Finding => ({ ok: true, what, sentence });
export const wrong = (what: string, sentence: string): Finding => ({ ok: false, what, sentence });

/** The HTTP status of a request, or null where nobody answers within five seconds. */
export async function statusOf(url: string, method: 'GET' | 'POST'): Promise<number | null> {
  try {
    const answer = await fetch(url, { method, redirect: 'manual', signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return null;
  }
}
