/** A drawn book cover: the shop has no photographs, and the pages load nothing from elsewhere. */
export function Cover({ sku, name }: { sku: string; name: string }) {
  const seed = [...sku].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)!) >>> 0, 7);
  const [paper, ink, accent] = palettes[seed % palettes.length]!;
  const lines = wrap(name, 13).slice(0, 4);
  return (
    <svg class="cover" viewBox="0 0 150 210" aria-hidden="true">
      <rect width="150" height="210" fill={paper} />
      {motifs[(seed >>> 4) % motifs.length]!(accent!, ink!)}
      <g fill={ink} font-family="Iowan Old Style, Palatino, Georgia, DejaVu Serif, serif" font-weight="700" font-size="17">
        {lines.map((line, index) => <text key={line} x="14" y={30 + index * 20}>{line}</text>)}
      </g>
      <text x="14" y="197" fill={ink} fill-opacity=".8" font-size="8" letter-spacing="1.600" font-family="system-ui, sans-serif" font-weight="600">ACME BOOKS</text>
      <rect width="5" height="210" fill="#000" fill-opacity=".16" />
    </svg>
  );
}

const palettes: [string, string, string][] = [
  ['#1f3d36', '#f3ead7', '#e2a13c'], ['#e8d9b8', '#3a2415', '#b5482c'], ['#23395b', '#f2efe6', '#e5735c'],
  ['#c9452f', '#fff3e2', '#2b2a33'], ['#efe6da', '#243b53', '#3f8f86'], ['#4a2545', '#f6e7dc', '#e7a977'], ['#d9a441', '#2c2416', '#7a2e22'],
];

type Motif = (accent: string, ink: string) => preact.JSX.Element;

const motifs: Motif[] = [
  (accent) => <g><circle cx="100" cy="142" r="34" fill={accent} /><path d="M0 168q38-26 75-8t75-10v60H0Z" fill={accent} fill-opacity=".45" /></g>,
  (accent, ink) => <g stroke={accent} stroke-width="5" fill="none">{[0, 1, 2, 3, 4].map((i) => <circle key={i} cx="75" cy="146" r={8 + i * 11} stroke-opacity={1 - i * .17} />)}<circle cx="75" cy="146" r="3" fill={ink} stroke="none" /></g>,
  (accent) => <g fill={accent}>{[0, 1, 2, 3, 4, 5].map((i) => <rect key={i} x={16 + i * 20} y={170 - [26, 58, 40, 72, 34, 50][i]!} width="13" height={[26, 58, 40, 72, 34, 50][i]} fill-opacity={.55 + i * .08} />)}</g>,
  (accent, ink) => <g><path d="M75 104c30 20 30 56 0 76c-30-20-30-56 0-76Z" fill={accent} /><path d="M75 112v74M75 138l14-12M75 152l-14-12" stroke={ink} stroke-width="2.500" stroke-opacity=".7" /></g>,
];

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
