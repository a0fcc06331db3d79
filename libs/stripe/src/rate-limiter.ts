/** One token bucket per endpoint; whoever finds it empty waits in line. A bucket holds one second's worth. */
export class RateLimiter {
  private readonly buckets = new Map<string, { tokens: number; at: number; line: Promise<void> }>();

  constructor(private readonly perSecond: number) {}

  take(endpoint: string): Promise<void> {
    const bucket = this.buckets.get(endpoint) ?? {
      tokens: this.perSecond,
      at: Date.now(),
      line: Promise.resolve(),
    };
    this.buckets.set(endpoint, bucket);
    bucket.line = bucket.line.then(async () => {
      this.refill(bucket);
      if (bucket.tokens < 1) {
        await new Promise((resolve) => setTimeout(resolve, ((1 - bucket.tokens) * 1000) / this.perSecond));
        this.refill(bucket);
      }
      bucket.tokens -= 1;
    });
    return bucket.line;
  }

  private refill(bucket: { tokens: number; at: number }): void {
    const now = Date.now();
    bucket.tokens = Math.min(this.perSecond, bucket.tokens + ((now - bucket.at) * this.perSecond) / 1000);
    bucket.at = now;
  }
}
