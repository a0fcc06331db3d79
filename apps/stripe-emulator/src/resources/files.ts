import type Stripe from 'stripe';
import { invalid } from '../engine/errors.js';
import { listOf } from '../http/lists.js';
import {
  any,
  bool,
  emptyable,
  int,
  metadata,
  object,
  oneOf,
  paging,
  range,
  required,
  str,
} from '../http/params.js';
import { route } from '../http/route.js';
import type { FileUpload } from '../verbs/files.js';

type File = Stripe.File;
type Link = Stripe.FileLink;

/** What a platform may upload; other files are made by Stripe. */
const PURPOSES = [
  'account_requirement',
  'additional_verification',
  'business_icon',
  'business_logo',
  'customer_signature',
  'dispute_evidence',
  'identity_document',
  'issuing_regulatory_reporting',
  'pci_document',
  'platform_terms_of_service',
  'tax_document_user_upload',
  'terminal_android_apk',
  'terminal_reader_splashscreen',
  'terminal_wifi_certificate',
  'terminal_wifi_private_key',
] as const;

const time = int(0, Number.MAX_SAFE_INTEGER);

export const files = [
  route<FileUpload, File>(
    'POST',
    '/v1/files',
    {
      file: required(any),
      file_link_data: object({ create: required(bool), expires_at: time, metadata }),
      purpose: required(oneOf(...PURPOSES)),
    },
    ({ engine, account }, params) => {
      if (typeof params.file !== 'object' || typeof params.file.base64 !== 'string')
        throw invalid('Send the file as a part of a multipart/form-data request.', { param: 'file' });
      return engine.files.create(account, params);
    },
  ),
  route<Stripe.FileListParams, Stripe.ApiList<File>>(
    'GET',
    '/v1/files',
    { ...paging, created: range, purpose: str },
    (call, params) =>
      listOf(call, 'file', params, { filter: (file) => !params.purpose || file.purpose === params.purpose }),
  ),
  route<Stripe.FileRetrieveParams, File>('GET', '/v1/files/:id', {}, ({ engine, account, ids }) =>
    engine.store.need('file', account, ids['id']!),
  ),
  route<Stripe.FileLinkCreateParams, Link>(
    'POST',
    '/v1/file_links',
    { expires_at: time, file: required(str), metadata },
    ({ engine, account }, params) => engine.files.link(account, params),
  ),
  route<Stripe.FileLinkListParams, Stripe.ApiList<Link>>(
    'GET',
    '/v1/file_links',
    { ...paging, created: range, expired: bool, file: str },
    (call, params) => {
      const { files: verbs } = call.engine;
      const list = listOf(call, 'file_link', params, {
        filter: (link) =>
          (params.expired === undefined || verbs.shown(link).expired === params.expired) &&
          (!params.file || link.file === params.file),
      });
      return { ...list, data: list.data.map((link) => verbs.shown(link)) };
    },
  ),
  route<Stripe.FileLinkRetrieveParams, Link>('GET', '/v1/file_links/:id', {}, ({ engine, account, ids }) =>
    engine.files.shown(engine.store.need('file_link', account, ids['id']!)),
  ),
  route<Stripe.FileLinkUpdateParams, Link>(
    'POST',
    '/v1/file_links/:id',
    {
      expires_at: emptyable({ type: 'or_word', word: 'now', min: 0, max: Number.MAX_SAFE_INTEGER }),
      metadata,
    },
    ({ engine, account, ids }, params) => engine.files.updateLink(account, ids['id']!, params),
  ),
];
