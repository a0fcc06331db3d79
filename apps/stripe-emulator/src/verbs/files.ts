import type Stripe from 'stripe';
import type { Engine } from '../engine/engine.js';
import { invalid } from '../engine/errors.js';
import type { Upload } from '../http/multipart.js';
import { mergeMetadata } from './metadata.js';

type File = Stripe.File;

export interface FileUpload {
  file: Upload;
  purpose: Stripe.FileCreateParams.Purpose;
  file_link_data?: Stripe.FileCreateParams.FileLinkData;
}

const LARGEST: Record<string, number> = { dispute_evidence: 5_000_000 };
const LARGEST_OTHER = 16_000_000;

/** Uploaded files and the public links to them. https://docs.stripe.com/file-upload */
export class Files {
  constructor(private readonly engine: Engine) {}

  create(account: string, params: FileUpload): File {
    const { engine } = this;
    const { file, purpose } = params;
    const size = Buffer.byteLength(file.base64, 'base64');
    if (size === 0) throw invalid('The file is empty.', { param: 'file' });
    if (size > (LARGEST[purpose] ?? LARGEST_OTHER))
      throw invalid(`The file is larger than a ${purpose} may be.`, { param: 'file' });
    const id = engine.ids.next('file');
    engine.store.insert('file_content', account, { id, base64: file.base64 });
    engine.store.insert('file', account, {
      id,
      object: 'file',
      created: engine.clock.seconds(),
      expires_at: null,
      filename: file.filename,
      links: { object: 'list', data: [], has_more: false, url: `/v1/file_links?file=${id}` },
      purpose,
      size,
      title: null,
      type: /\.([a-z0-9]+)$/i.exec(file.filename)?.[1]?.toLowerCase() ?? null,
      url: `${engine.baseUrl}/v1/files/${id}/contents`,
    });
    const { create, ...link } = params.file_link_data ?? { create: false };
    if (create) this.link(account, { file: id, ...link });
    const stored = engine.store.need('file', account, id);
    engine.events.emit(account, 'file.created', stored);
    return stored;
  }

  link(account: string, params: Stripe.FileLinkCreateParams): Stripe.FileLink {
    const { engine } = this;
    const file = engine.store.need('file', account, params.file, 'file');
    const id = engine.ids.next('link');
    const link = engine.store.insert('file_link', account, {
      id,
      object: 'file_link',
      created: engine.clock.seconds(),
      expired: false,
      expires_at: params.expires_at ?? null,
      file: file.id,
      livemode: engine.livemode,
      metadata: mergeMetadata({}, params.metadata),
      url: `${engine.baseUrl}/links/${id}`,
    });
    const links = file.links!;
    engine.store.update('file', account, file.id, {
      links: { ...links, data: [link, ...links.data].slice(0, 10) },
    });
    return link;
  }

  updateLink(account: string, id: string, params: Stripe.FileLinkUpdateParams): Stripe.FileLink {
    const { engine } = this;
    const before = engine.store.need('file_link', account, id);
    const given = params.expires_at;
    const expires = given === 'now' ? engine.clock.seconds() : given;
    const after = engine.store.update('file_link', account, id, {
      metadata: mergeMetadata(before.metadata, params.metadata),
      ...(expires !== undefined && { expires_at: expires === '' ? null : expires }),
    });
    return this.shown(after);
  }

  /** A link as it is now: time alone ends it. */
  shown(link: Stripe.FileLink): Stripe.FileLink {
    const expired = link.expires_at !== null && link.expires_at <= this.engine.clock.seconds();
    return { ...link, expired, url: expired ? null : link.url };
  }

  /** What a link leads to; undefined when there is no such link, or no longer. */
  linkedContents(id: string): { file: File; content: Buffer } | undefined {
    const { store } = this.engine;
    const place = store.locate(id);
    if (place?.kind !== 'file_link') return undefined;
    const link = this.shown(store.need('file_link', place.account, id));
    return link.expired ? undefined : this.contentsOf(link.file as string);
  }

  /** What a file holds; undefined when there is no such file. */
  contentsOf(id: string): { file: File; content: Buffer } | undefined {
    const { store } = this.engine;
    const place = store.locate(id);
    if (place?.kind !== 'file') return undefined;
    const { base64 } = store.need('file_content', place.account, id);
    return { file: store.need('file', place.account, id), content: Buffer.from(base64, 'base64') };
  }

  /** @throws Refusal when there is no such file, or when it was uploaded for something else */
  checkPurpose(account: string, id: string, purpose: File['purpose'], param: string): void {
    const file = this.engine.store.need('file', account, id, param);
    if (file.purpose !== purpose)
      throw invalid(`The file ${id} was uploaded for ${file.purpose}, not for ${purpose}.`, { param });
  }
}
