/** A message of the local Discord, drawn as people see it in Discord's dark colours. */
import sharp from 'sharp';

import type { Modal } from '../../test/discord/rules/modal-form.js';
import type { Message } from '../../test/discord/state/message.js';

const WIDTH = 620;
const MARGIN = 16;
const LINE = 21;
const CHARACTERS = 76; // of a line
const COLOURS = {
  page: '#313338',
  box: '#2b2d31',
  text: '#dbdee1',
  quiet: '#949ba4',
  button: '#4e5058',
} as const;
const STYLES: Readonly<Record<number, string>> = { 1: '#5865f2', 2: '#4e5058', 3: '#248046', 4: '#da373c' };

/** Something that is drawn below what came before. */
interface Piece {
  readonly height: number;
  /** SVG, with its top at `y`. */
  draw(y: number): string;
}

/** @param names - Of people, by their ids. @returns PNG */
export async function messagePicture(message: Message, names: ReadonlyMap<string, string>): Promise<Buffer> {
  return rendered(await piecesOf(message, (text) => withNames(text, names)));
}

/** @returns PNG of a form that the bot has opened. */
export function formPicture({ title, components }: Modal): Promise<Buffer> {
  const fields = components.flatMap((component) => {
    if (component.type !== 18 || component.component.type !== 4) return [];
    const { label, description, component: field } = component;
    const { value = '', placeholder = '' } = field;
    return [
      lines([label], { bold: true }),
      ...(description === undefined ? [] : [lines(wrap(description), { colour: COLOURS.quiet })]),
      box(value === '' ? placeholder : value, value === ''),
    ];
  });
  return rendered([lines([title], { bold: true, size: 18 }), ...fields]);
}

async function piecesOf(message: Message, read: (text: string) => string): Promise<Piece[]> {
  const { author, content, embeds, components, attachments, ephemeral } = message;
  const embedded = await Promise.all(
    embeds.map(async (embed) => {
      const url = embed.image?.url ?? '';
      const file = attachments.find(({ filename }) => url.endsWith(`/${filename}`));
      const fields = (embed.fields ?? []).map(({ name, value }) => `**${name}**  ${value}`);
      const texts = [...(embed.description ?? '').split('\n'), ...fields].map(read).flatMap(wrap);
      return [lines(texts, { bar: true }), ...(file === undefined ? [] : [await picture(file.bytes)])];
    }),
  );
  const shown = embeds.map((embed) => embed.image?.url ?? '');
  const files = attachments.filter(({ filename }) => !shown.some((url) => url.endsWith(`/${filename}`)));
  const attached = await Promise.all(files.map(fileRow));
  const rows = components.flatMap((row) => (row.type === 1 ? [row.components] : []));
  return [
    lines([`${author.name}  APP`], { bold: true }),
    ...(content === '' ? [] : [lines(content.split('\n').flatMap(wrap))]),
    ...embedded.flat(),
    ...attached,
    ...rows.map((row) =>
      buttons(row.flatMap((one) => (one.type === 2 ? [{ label: one.label ?? '', style: one.style }] : []))),
    ),
    ...(ephemeral ? [lines(['Only you can see this'], { colour: COLOURS.quiet, size: 12 })] : []),
  ];
}

async function fileRow({ filename, bytes, dimensions }: Message['attachments'][number]): Promise<Piece> {
  if (dimensions !== undefined) return picture(bytes);
  return Promise.resolve(box(`▶  ${filename}   ${Math.ceil(bytes.length / 1024)} KB`, false));
}

interface LineStyle {
  readonly bold?: boolean;
  readonly bar?: boolean;
  readonly colour?: string;
  readonly size?: number;
}

function lines(texts: readonly string[], style: LineStyle = {}): Piece {
  const { bold = false, bar = false, colour = COLOURS.text, size = 14 } = style;
  const height = texts.length * LINE + 6;
  const x = MARGIN + (bar ? 14 : 0);
  return {
    height,
    draw: (y) => {
      const box = `<rect x="${MARGIN}" y="${y}" width="${WIDTH - 2 * MARGIN}" height="${height}" fill="${COLOURS.box}"/>
        <rect x="${MARGIN}" y="${y}" width="4" height="${height}" fill="#5865f2"/>`;
      const written = texts.map((text, index) => {
        const at = `x="${x}" y="${y + index * LINE + 16}" font-size="${size}" fill="${colour}"`;
        return `<text ${at}${bold ? ' font-weight="bold"' : ''} xml:space="preserve">${marked(text)}</text>`;
      });
      return [...(bar ? [box] : []), ...written].join('');
    },
  };
}

function box(text: string, quiet: boolean): Piece {
  const texts = wrap(text);
  const height = texts.length * LINE + 16;
  const colour = quiet ? COLOURS.quiet : COLOURS.text;
  return {
    height: height + 8,
    draw: (y) =>
      `<rect x="${MARGIN}" y="${y}" width="${WIDTH - 2 * MARGIN}" height="${height}" rx="6" fill="#1e1f22"/>` +
      texts
        .map((line, index) => {
          const at = `x="${MARGIN + 12}" y="${y + 22 + index * LINE}" font-size="14" fill="${colour}"`;
          return `<text ${at} xml:space="preserve">${escaped(line)}</text>`;
        })
        .join(''),
  };
}

function buttons(row: readonly { readonly label: string; readonly style: number }[]): Piece {
  return {
    height: 40,
    draw: (y) => {
      let x = MARGIN;
      return row
        .map(({ label, style }) => {
          const width = 24 + label.length * 8;
          const left = x;
          x += width + 8;
          const colour = STYLES[style] ?? COLOURS.button;
          return `<rect x="${left}" y="${y}" width="${width}" height="32" rx="6" fill="${colour}"/>
            <text x="${left + width / 2}" y="${y + 21}" font-size="14" fill="#fff" text-anchor="middle">${escaped(label)}</text>`;
        })
        .join('');
    },
  };
}

async function picture(bytes: Buffer): Promise<Piece> {
  const [width, height] = [400, 200];
  const data = (await sharp(bytes).resize(width, height, { fit: 'fill' }).png().toBuffer()).toString(
    'base64',
  );
  return {
    height: height + 16,
    draw: (y) =>
      `<rect x="${MARGIN}" y="${y}" width="${WIDTH - 2 * MARGIN}" height="${height + 8}" fill="${COLOURS.box}"/>
      <rect x="${MARGIN}" y="${y}" width="4" height="${height + 8}" fill="#5865f2"/>
      <image x="${MARGIN + 14}" y="${y}" width="${width}" height="${height}" href="data:image/png;base64,${data}"/>`,
  };
}

function rendered(pieces: readonly Piece[]): Promise<Buffer> {
  let y = MARGIN;
  const drawn = pieces.map((piece) => {
    const svg = piece.draw(y);
    y += piece.height;
    return svg;
  });
  const height = y + MARGIN;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="DejaVu Sans">
    <rect width="${WIDTH}" height="${height}" fill="${COLOURS.page}"/>${drawn.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}

function wrap(text: string): string[] {
  const wrapped: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length >= CHARACTERS) {
      wrapped.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...wrapped, line];
}

function withNames(text: string, names: ReadonlyMap<string, string>): string {
  return text.replace(/<@(\d+)>/g, (mention, id: string) => `@${names.get(id) ?? mention}`);
}

/** Bold as Discord shows it; other markup stays as it is. */
function marked(text: string): string {
  return escaped(text)
    .replace(/\*\*(.+?)\*\*/g, '<tspan font-weight="bold">$1</tspan>')
    .replaceAll(/[`\\]/g, '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
