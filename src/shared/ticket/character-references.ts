/**
 * Text whose punctuation stands as numeric character references (`&#42;`), for markup languages that keep those and
 * have no other escape that works everywhere (in a table's cell, at a line's start, inside a word).
 *
 * Hyphens and underscores inside a word stay, since numbers and group codes are full of them and no rule of these
 * languages fires there.
 */
export const withReferences = (text: string): string =>
  text.replace(MEANINGFUL, char => `&#${char.codePointAt(0)};`)

const MEANINGFUL = new RegExp(
  [
    /[!"#$%&'()*+<=>?@[\\\]^`{|}~]/,
    /(?<![A-Za-z0-9])[-_]|[-_](?![A-Za-z0-9])/,
    // `h3. `, `bq.. ` and `p.:` start a block.
    /(?<=^[A-Za-z]+\d*\.*)\./,
    // `:)` and `;-)` become pictures, `http:` and `mailto:` links, `...` one character, `2 x 3` a product.
    /[:;](?=[^\s\d])/,
    /\.(?=\.)|(?<=\.)\.|(?<=\bwww)\./i,
    // `DESK-12` is a link to an issue.
    /(?<=(?<![A-Za-z0-9])[A-Z][A-Z0-9_]*)-(?=\d)/,
    /(?<=\d[\d.,]* ?)x(?= ?[\d.,])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)
