import type { Actor } from '#kernel';

/** Who sent the request. The auth door fills it in before any handler runs. */
export interface RequestViewer {
  readonly actor: Actor;
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly isAdmin: boolean;
  } | null;
  readonly sellers: readonly {
    readonly id: string;
    readonly name: string;
    readonly slug: string;
    readonly role: string;
  }[];
  /** The guest's cart cookie; kept until signing in merges the carts. */
  readonly cartToken: string | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    viewer?: RequestViewer;
    /** Pieces in the viewer's cart, for the header. Filled in by the storefront for page requests. */
    cartCount?: number;
  }
}
