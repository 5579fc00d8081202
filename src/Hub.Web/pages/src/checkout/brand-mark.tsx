import { brandName, takenBrands } from '../shared/card.ts';
import { CardIcon } from '../shared/icons.tsx';

const short: Record<string, string> = { visa: 'VISA', amex: 'AMEX', discover: 'DISC', diners: 'DC', jcb: 'JCB', unionpay: 'UP' };

/** The marks of every scheme that is taken, for a field where nothing is typed yet. */
export function TakenMarks() {
  return <span class="brands">{takenBrands.map((brand) => <BrandMark key={brand.id} brand={brand.id} />)}</span>;
}

/** A small mark for a card brand: words and colours of our own, no logos. */
export function BrandMark({ brand }: { brand: string }) {
  if (brand === 'mastercard') return (
    <svg class="brand" width="36" height="24" viewBox="0 0 36 24" role="img" aria-label="Mastercard">
      <rect width="36" height="24" rx="4" fill="#26292e" /><circle cx="14.500" cy="12" r="6" fill="#e0402f" /><circle cx="21.500" cy="12" r="6" fill="#f2a33c" fill-opacity=".88" />
    </svg>
  );
  const label = short[brand];
  if (!label) return <span class="brand brand-none"><CardIcon size={22} /></span>;
  return <span class={`brand brand-${brand}`} role="img" aria-label={brandName(brand)}>{label}</span>;
}
