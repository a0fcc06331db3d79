import { Injectable } from '@nestjs/common';
import { PlatformAccount } from '#stripe';

/**
 * An account may have lived before this database met it. What moved until then is its opening balance: mirrored like
 * everything, booked against `opening`, and predicted by nobody.
 */
@Injectable()
export class Opening {
  constructor(private readonly platform: PlatformAccount) {}

  /** Answers which moments, by Stripe's clock, lie before. */
  async before(): Promise<(at: Date) => boolean> {
    const metAt = await this.platform.metAt();
    return (at) => metAt !== null && at < metAt;
  }
}
