/** Text as plain letters: what looks the same to a reader becomes the same. */

/** Accents and other marks on Latin, Greek and Cyrillic letters; those of other scripts make other words. */
const ACCENTS =
  /[\u0300-\u036f]|[\u0483-\u0489]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20f0]|[\ufe20-\ufe2f]/g;
const INVISIBLE = /\p{Cf}|\p{Cc}|[\ufe00-\ufe0f]|[\u115f\u1160\u3164]/gu;
const SPACES = /[\t\n\v\f\r\u0085\u2028\u2029]/g;

/** Letters that Unicode does not take apart. */
const COMPOSED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŧ: 't',
  ɑ: 'a',
  ɡ: 'g',
  ɩ: 'i',
};

/** Letters of other alphabets by the Latin ones that they look like (Unicode Technical Standard 39, the common part). */
const LATIN_TWINS: Readonly<Record<string, string>> = {
  ...{ а: 'a', в: 'b', с: 'c', ԁ: 'd', е: 'e', һ: 'h', і: 'i', ӏ: 'l', ј: 'j', к: 'k', ԛ: 'q', ԝ: 'w' },
  ...{ м: 'm', н: 'h', о: 'o', р: 'p', ѕ: 's', т: 't', у: 'y', ү: 'y', ѵ: 'v', х: 'x', ґ: 'r' },
  ...{ α: 'a', β: 'b', ϲ: 'c', ε: 'e', η: 'n', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', σ: 'o', τ: 't' },
  ...{ υ: 'u', χ: 'x', ϳ: 'j', γ: 'y', ω: 'w' },
  ...{ օ: 'o', ս: 'u', հ: 'h', ո: 'n', ց: 'g', ա: 'w', ꮪ: 's', ᴀ: 'a', ʙ: 'b', ᴄ: 'c', ᴅ: 'd', ᴇ: 'e' },
  ...{ ꜰ: 'f', ɢ: 'g', ʜ: 'h', ɪ: 'i', ᴊ: 'j', ᴋ: 'k', ʟ: 'l', ᴍ: 'm', ɴ: 'n', ᴏ: 'o', ᴘ: 'p', ʀ: 'r' },
  ...{ ꜱ: 's', ᴛ: 't', ᴜ: 'u', ᴠ: 'v', ᴡ: 'w', ʏ: 'y', ᴢ: 'z' },
};

/**
 * Small letters without accents, in their plain form, and what cannot be seen left out. Compatible forms (full-width,
 * bold, circled letters) are taken for the letters; look-alikes of other alphabets for Latin ones.
 */
export function plainLetters(text: string): string {
  const apart = text.replace(SPACES, ' ').replace(INVISIBLE, '').normalize('NFKD').replace(ACCENTS, '');
  const small = apart.toLowerCase().normalize('NFC');
  return [...small].map((letter) => COMPOSED[letter] ?? LATIN_TWINS[letter] ?? letter).join('');
}
