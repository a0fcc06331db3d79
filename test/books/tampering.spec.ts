import { BooksBench } from './books-bench.js';

describe('the books, tampered with,', () => {
  let bench: BooksBench;
  beforeEach(async () => {
    bench = await BooksBench.open();
  });
  afterEach(() => bench.close());

  const tampered: [string, string, string][] = [
    [
      'a mirror row deleted',
      `delete from books.balance_transactions where type = 'transfer'`,
      'mirror_missing platform',
    ],
    [
      'a mirror row altered',
      `update books.balance_transactions set amount = amount - 1, net = net - 1 where type = 'transfer'`,
      'mirror_altered platform',
    ],
    [
      'a mirror row altered in its source',
      `update books.balance_transactions set source_id = 'tr_2' where type = 'transfer'`,
      'mirror_altered platform',
    ],
    [
      'a mirror row doubled',
      `alter table books.balance_transactions drop constraint balance_transactions_pkey;
       insert into books.balance_transactions select * from books.balance_transactions where type = 'transfer'`,
      'mirror_doubled platform',
    ],
    [
      'a kept balance altered',
      `update books.balances set available = available + 1 where stripe_account = 'platform'`,
      'balance_against_mirror platform usd available',
    ],
    [
      'a kept balance deleted',
      `delete from books.balances where stripe_account = 'platform'`,
      'balance_against_mirror platform usd available',
    ],
    [
      'a match deleted',
      `delete from books.legs where reference = 'transfer:tr_1'`,
      'match_missing transfer:tr_1 platform',
    ],
    [
      'a match altered',
      `update books.legs set amount = amount + 1 where reference = 'charge:ch_1'`,
      'figures charge:ch_1 platform',
    ],
    [
      'a match doubled',
      `alter table books.legs drop constraint legs_pkey;
       insert into books.legs select * from books.legs where reference = 'charge:ch_1'`,
      'legs_against_mirror platform',
    ],
    [
      'a match undone',
      `update books.legs set state = 'waiting', reference = null where reference = 'charge:ch_1'`,
      'match_missing charge:ch_1 platform',
    ],
    [
      'an entry deleted',
      `delete from books.entries where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'an entry altered',
      `update books.entries set amount = 1 where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'an entry doubled',
      `alter table books.entries drop constraint entries_pkey; drop index books.entries_awaited;
       insert into books.entries select * from books.entries where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'a ledger transaction deleted with its postings',
      `delete from ledger.postings where transaction_id = (select id from ledger.transactions where reference = 'charge:ch_1');
       delete from ledger.transactions where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'a ledger transaction renamed',
      `update ledger.transactions set reference = 'charge:ch_9' where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_9 platform',
    ],
    [
      'a ledger transaction given to another order',
      `update ledger.transactions set order_id = 'ord_9' where reference = 'charge:ch_1'`,
      'ledger_against_books charge:ch_1 platform',
    ],
    [
      'a balance row altered',
      `update ledger.balances set amount = amount + 1 where account = 'stripe:platform'`,
      'totals platform usd',
    ],
  ];
  it.each(tampered)('notice %s, and name it', async (_, sql, name) => {
    await bench.soldAndMatched();
    await bench.transactions.run(async () => {
      await bench.transactions.write(`set local session_replication_role = replica`);
      for (const statement of sql.split(';')) await bench.transactions.write(statement);
    });
    expect((await bench.differences(60)).join('\n')).toContain(name);
  });
});
