import { DomainError, InvariantError } from './errors.js';

/** One edge of a state graph: who may take it stands in the same line. */
export interface Edge<State extends string, Verb extends string> {
  readonly from: State | readonly State[];
  readonly verb: Verb;
  readonly actor: 'buyer' | 'seller' | 'admin' | 'stripe' | 'system';
  readonly to: State;
}

/**
 * A state graph as a table. `move` answers the next state and refuses everything undeclared with `state_conflict`.
 */
export class StateTable<State extends string, Verb extends string> {
  private readonly edges = new Map<string, State>();
  readonly states: ReadonlySet<State>;

  constructor(
    readonly name: string,
    readonly initial: State,
    readonly table: readonly Edge<State, Verb>[],
  ) {
    for (const edge of table) {
      for (const from of typeof edge.from === 'string' ? [edge.from] : edge.from) {
        const key = `${from} ${edge.verb}`;
        const known = this.edges.get(key);
        if (known && known !== edge.to)
          throw new InvariantError(`${name}: ${key} leads to ${known} and to ${edge.to}`);
        this.edges.set(key, edge.to);
      }
    }
    this.states = new Set([initial, ...this.edges.values()]);
    this.assertReachable();
  }

  can(from: State, verb: Verb): boolean {
    return this.edges.has(`${from} ${verb}`);
  }

  move(from: State, verb: Verb): State {
    const to = this.edges.get(`${from} ${verb}`);
    if (!to) {
      throw new DomainError(
        'state_conflict',
        'conflict',
        `This ${this.name} is ${from.replaceAll('_', ' ')}, so it can't be changed that way.`,
      );
    }
    return to;
  }

  /** Every state that an edge starts from must itself be reachable: a typo in the table stops the program. */
  private assertReachable(): void {
    for (const key of this.edges.keys()) {
      const from = key.slice(0, key.indexOf(' ')) as State;
      if (!this.states.has(from)) throw new InvariantError(`${this.name}: nothing leads to ${from}`);
    }
  }
}
