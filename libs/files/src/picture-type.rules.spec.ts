import { pictureType } from './picture-type.rules.js';

describe('the kind of a picture', () => {
  const cases: [string, Buffer, string | null][] = [
    ['a JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'image/jpeg'],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000', 'hex'), 'image/png'],
    ['a WebP', Buffer.from('RIFF\0\0\0\0WEBPVP8 ', 'latin1'), 'image/webp'],
    ['an AVIF', Buffer.from('\0\0\0\x1cftypavif', 'latin1'), 'image/avif'],
    [
      'an SVG',
      Buffer.from('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image/svg+xml',
    ],
    ['a web page', Buffer.from('<!doctype html><svg></svg>'), null],
    ['a film in the same container as AVIF', Buffer.from('\0\0\0\x1cftypisom', 'latin1'), null],
    ['nothing', Buffer.alloc(0), null],
  ];

  it.each(cases)('is read from the bytes of %s', (_, bytes, type) => {
    expect(pictureType(bytes)).toBe(type);
  });
});
