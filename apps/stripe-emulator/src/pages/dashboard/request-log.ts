export class RequestLog { constructor(..._: unknown[]) {} }
