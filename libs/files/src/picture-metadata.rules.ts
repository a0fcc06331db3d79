import type { PictureType } from './picture-type.rules.js';

/**
 * The picture without what a camera writes beside it: above all the place where it was taken, which would tell every
 * visitor where a seller lives. How to turn it, and its colours, stay. AVIF stays as it is: cameras do not write it.
 */
export function withoutMetadata(type: PictureType, bytes: Buffer): Buffer {
  if (type === 'image/jpeg') return jpeg(bytes);
  if (type === 'image/png') return png(bytes);
  if (type === 'image/webp') return webp(bytes);
  return bytes;
}

const [SCAN, END, EXIF, COLOURS, ADOBE] = [0xda, 0xd9, 0xe1, 0xe2, 0xee];
/** APP1 to APP15 and comments; what the picture itself is made of has other markers. */
const isRemark = (marker: number): boolean => (marker > 0xe0 && marker < 0xf0) || marker === 0xfe;

function jpeg(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SCAN) {
    const marker = bytes[at + 1]!;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at, end);
    const turned = marker === EXIF ? orientationOf(segment.subarray(4)) : 1;
    if (turned !== 1) kept.push(orientation(turned));
    const isColours = marker === COLOURS && segment.toString('latin1', 4, 15) === 'ICC_PROFILE';
    if (!isRemark(marker) || isColours || marker === ADOBE) kept.push(segment);
    at = end;
  }
  // Phones hang a second picture or a film behind the first, with a place of its own.
  const end = bytes.indexOf(Buffer.from([0xff, END]), at);
  kept.push(bytes.subarray(at, end === -1 ? undefined : end + 2));
  return Buffer.concat(kept);
}

const ORIENTATION = 0x0112;

/** EXIF's number for how to turn the picture, 1 to 8; 1, not at all, where it does not say. */
function orientationOf(exif: Buffer): number {
  if (exif.toString('latin1', 0, 6) !== 'Exif\0\0' || exif.length < 16) return 1;
  const tiff = exif.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at);
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let i = 0; i < Math.min(u16(first), 100); i++) {
    const entry = first + 2 + i * 12;
    if (u16(entry) === ORIENTATION) return Math.min(Math.max(u16(entry + 8), 1), 8);
  }
  return 1;
}

/** An EXIF segment that says nothing else. */
function orientation(value: number): Buffer {
  const tiff = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  tiff.writeUInt16BE(value, 18);
  const head = Buffer.from([0xff, EXIF, 0, 2 + 6 + tiff.length]);
  return Buffer.concat([head, Buffer.from('Exif\0\0', 'latin1'), tiff]);
}

const PNG_REMARKS = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt', 'tIME']);

function png(bytes: Buffer): Buffer {
  const kept = [bytes.subarray(0, 8)];
  for (let at = 8; at + 8 <= bytes.length;) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (!PNG_REMARKS.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}

const WEBP_REMARKS = new Set(['EXIF', 'XMP ']);
/** The bits of the header that promise them. */
const WEBP_PROMISES = 0x0c;

function webp(bytes: Buffer): Buffer {
  const kept = [Buffer.from(bytes.subarray(0, 12))];
  for (let at = 12; at + 8 <= bytes.length;) {
    const type = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const end = at + 8 + size + (size % 2);
    const chunk = Buffer.from(bytes.subarray(at, end));
    if (type === 'VP8X' && chunk.length > 8) chunk[8]! &= ~WEBP_PROMISES;
    if (!WEBP_REMARKS.has(type)) kept.push(chunk);
    at = end;
  }
  const whole = Buffer.concat(kept);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
