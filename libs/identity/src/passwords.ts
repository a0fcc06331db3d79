import { Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';

/**
 * argon2id with OWASP's smallest sound cost (Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane), about 20 ms.
 * The algorithm is the library's default; its enum can't be named under isolated modules.
 */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A hash of nothing anybody knows, of the same cost: checked where there is no account, so that time says nothing. */
const decoy =
  '$argon2id$v=19$m=19456,t=2,p=1$OuNF7W5Gb8rcmaeeV2Popw$4r9IUP/ZZAU8gfzqB+y6+4TsFRUjyE7dJjvSSmDygvw';

@Injectable()
export class Passwords {
  hash(password: string): Promise<string> {
    return hash(password, cost);
  }

  /** Takes the same time with and without a hash. */
  async verify(stored: string | null | undefined, password: string): Promise<boolean> {
    const right = await verify(stored ?? decoy, password);
    return right && stored != null;
  }
}
