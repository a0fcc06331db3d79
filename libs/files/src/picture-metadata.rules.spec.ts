import { withoutMetadata } from './picture-metadata.rules.js';
import type { PictureType } from './picture-type.rules.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const PLACE = 'GPS 51.5074 N';

function segment(marker: number, content: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(content.length + 2);
  return Buffer.concat([Buffer.from([0xff, marker]), length, content]);
}

/** EXIF in one of its two byte orders, with the place of the picture behind how to turn it. */
function exif(order: 'II' | 'MM', turned: number): Buffer {
  const number = (value: number, bytes: number) => {
    const buffer = Buffer.alloc(bytes);
    if (order === 'II') buffer.writeUIntLE(value, 0, bytes);
    else buffer.writeUIntBE(value, 0, bytes);
    return buffer;
  };
  const entry = [number(0x0112, 2), number(3, 2), number(1, 4), number(turned, 2), number(0, 2)];
  const parts = [latin1(`Exif\0\0${order}`), number(42, 2), number(8, 4), number(1, 2), ...entry];
  return Buffer.concat([...parts, number(0, 4), latin1(PLACE)]);
}

const SCAN = Buffer.from([0xff, 0xda, 0, 2, 1, 0xff, 0, 2, 0xff, 0xd9]);

function jpegOf(...segments: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...segments, SCAN]);
}

const jfif = segment(0xe0, latin1('JFIF\0'));
const colours = segment(0xe2, latin1('ICC_PROFILE\0…'));
const table = segment(0xdb, latin1('quantization'));

describe('a picture', () => {
  it.each(['II', 'MM'] as const)('keeps how to turn it and not where it was taken (JPEG, %s)', (order) => {
    const remarks = [
      segment(0xe1, exif(order, 6)),
      segment(0xed, latin1(PLACE)),
      segment(0xfe, latin1(PLACE)),
    ];
    const phone = Buffer.concat([jpegOf(jfif, ...remarks, colours, table), latin1(`a film, ${PLACE}`)]);
    const clean = withoutMetadata('image/jpeg', phone);
    expect(clean.toString('latin1')).not.toContain('GPS');
    const turn = clean.subarray(2 + jfif.length, clean.length - SCAN.length - colours.length - table.length);
    expect(turn.toString('latin1', 4, 10)).toBe('Exif\0\0');
    expect(turn.readUInt16BE(10 + 18)).toBe(6);
    expect(clean).toEqual(jpegOf(jfif, turn, colours, table));
    expect(withoutMetadata('image/jpeg', clean)).toEqual(clean);
  });

  it('stays as it is where nothing is beside it', () => {
    const plain = jpegOf(jfif, colours, table);
    expect(withoutMetadata('image/jpeg', plain)).toEqual(plain);
    expect(withoutMetadata('image/jpeg', jpegOf(segment(0xe1, exif('II', 1)), table))).toEqual(jpegOf(table));
  });

  it('loses the remarks of a PNG', () => {
    const chunk = (type: string, content: string) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(content.length);
      return Buffer.concat([length, latin1(`${type}${content}crc!`)]);
    };
    const [head, data, end] = [chunk('IHDR', 'size'), chunk('IDAT', 'points'), chunk('IEND', '')];
    const signature = latin1('\x89PNG\r\n\x1a\n');
    const remarks = [chunk('eXIf', PLACE), chunk('tEXt', PLACE), chunk('iTXt', PLACE)];
    const photo = Buffer.concat([signature, head, ...remarks, data, end, latin1(PLACE)]);
    expect(withoutMetadata('image/png', photo)).toEqual(Buffer.concat([signature, head, data, end]));
  });

  it('loses the remarks of a WebP, and no longer promises them', () => {
    const chunk = (type: string, content: Buffer) => {
      const size = Buffer.alloc(4);
      size.writeUInt32LE(content.length);
      return Buffer.concat([latin1(type), size, content, Buffer.alloc(content.length % 2)]);
    };
    const file = (flags: number, ...chunks: Buffer[]) => {
      const body = Buffer.concat([latin1('WEBP'), chunk('VP8X', Buffer.from([flags, 0, 0])), ...chunks]);
      return chunk('RIFF', body);
    };
    const points = chunk('VP8 ', latin1('points'));
    const photo = file(0x1c, points, chunk('EXIF', latin1(PLACE)), chunk('XMP ', latin1(PLACE)));
    expect(withoutMetadata('image/webp', photo)).toEqual(file(0x10, points));
  });

  it('that is broken anywhere breaks nothing', () => {
    const whole = jpegOf(jfif, segment(0xe1, exif('MM', 8)), table);
    const types: PictureType[] = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];
    for (const type of types)
      for (let length = 12; length < whole.length; length++)
        expect(() => withoutMetadata(type, whole.subarray(0, length))).not.toThrow();
  });
});
