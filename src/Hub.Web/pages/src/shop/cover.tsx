/** A drawn cover: the shop has no photographs, and the pages load nothing from elsewhere. */
export function Cover({ sku, name }: { sku: string; name: string }) {
  const place = Number.parseInt(sku.replace(/\D/g, ''), 10) || sku.length;
  const { paper, ink, accent, draw } = designs[(place - 1 + (sku.startsWith('ST') ? 4 : 0)) % designs.length]!;
  return (
    <svg class="cover" viewBox="0 0 150 210" aria-hidden="true">
      <rect width="150" height="210" fill={paper} />
      {draw(accent, ink)}
      <g fill={ink} font-family="Iowan Old Style, Palatino, Georgia, DejaVu Serif, serif" font-weight="700" font-size="15.5">
        {wrap(name, 12).slice(0, 4).map((line, index) => <text key={line} x="16" y={32 + index * 20}>{line}</text>)}
      </g>
      <text x="16" y="196" fill={ink} fill-opacity=".8" font-size="8" letter-spacing="1.6" font-family="system-ui, sans-serif" font-weight="600">ACME BOOKS</text>
      <rect width="5" height="210" fill="#000" fill-opacity=".16" />
    </svg>
  );
}

interface Design {
  paper: string;
  ink: string;
  accent: string;
  draw: (accent: string, ink: string) => preact.JSX.Element;
}

/** One for each good on the shelf, in the shelf's order; more goods begin again at the first. */
const designs: Design[] = [
  // Columns of a ledger.
  { paper: '#23395b', ink: '#f2efe6', accent: '#e5735c', draw: (accent, ink) => (
    <g>{[26, 58, 40, 72, 34].map((height, i) => <rect key={i} x={16 + i * 25} y={172 - height} width="17" height={height} rx="1.5" fill={accent} fill-opacity={.6 + i * .1} />)}<path d="M16 173h117" stroke={ink} stroke-opacity=".6" /></g>) },
  // Waves that leave an aerial.
  { paper: '#c9452f', ink: '#fff3e2', accent: '#2b2a33', draw: (accent, ink) => (
    <g fill="none" stroke={accent} stroke-width="5">{[0, 1, 2, 3].map((i) => <circle key={i} cx="75" cy="138" r={11 + i * 11} stroke-opacity={1 - i * .22} />)}<circle cx="75" cy="138" r="4" fill={ink} stroke="none" /></g>) },
  // A wheel of a clockwork.
  { paper: '#efe6da', ink: '#243b53', accent: '#3f8f86', draw: (accent, ink) => (
    <g transform="translate(75 136)"><g fill={accent}>{[0, 30, 60, 90, 120, 150].map((turn) => <rect key={turn} x="-6" y="-43" width="12" height="86" rx="2" transform={`rotate(${turn})`} />)}<circle r="34" /></g><circle r="21" fill="#efe6da" /><circle r="7" fill={ink} /></g>) },
  // Some who wait, and one who is next.
  { paper: '#4a2545', ink: '#f6e7dc', accent: '#e7a977', draw: (accent, ink) => (
    <g fill={accent}>{[0, 1, 2, 3].map((i) => <g key={i} transform={`translate(${28 + i * 31} 122)`} fill={i === 3 ? ink : accent} fill-opacity={i === 3 ? 1 : .55 + i * .15}><circle r="9" /><path d="M-12 48v-20a12 12 0 0 1 24 0v20Z" /></g>)}</g>) },
  // Dotted paper.
  { paper: '#1f3d36', ink: '#f3ead7', accent: '#e2a13c', draw: (accent) => (
    <g fill={accent}>{Array.from({ length: 48 }, (_, i) => <circle key={i} cx={20 + (i % 8) * 15.5} cy={94 + Math.floor(i / 8) * 15.5} r="2.2" fill-opacity={.45 + (i % 8) * .07} />)}</g>) },
  // A lamp and its light.
  { paper: '#e8d9b8', ink: '#3a2415', accent: '#b5482c', draw: (accent, ink) => (
    <g><path d="M75 118 28 178h94Z" fill="#fff6dc" /><path d="M75 62v26" stroke={ink} stroke-width="3" /><path d="M52 118c0-17 9-30 23-30s23 13 23 30Z" fill={accent} /><circle cx="75" cy="119" r="6" fill={ink} /></g>) },
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
