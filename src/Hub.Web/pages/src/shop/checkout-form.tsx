import { useRef, useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { MailIcon, SmsIcon } from '../shared/icons.tsx';
import { formatAmount } from '../shared/money.ts';
import { OnceMore } from '../shared/once-more.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { sumOf, type BasketLine } from './basket.ts';
import { shopApi } from './goods.ts';
import { Quantity } from './shelf.tsx';
import { emptyVisitor, keepVisitor, loadVisitor, sampleVisitor, visitorProblems, type Visitor, type VisitorProblems } from './visitor.ts';
import { locale, t } from '../words/words.ts';

interface Placed {
  order: string;
  payment: string;
  checkout_url: string;
}

interface Props {
  lines: BasketLine[];
  onQuantity: (sku: string, quantity: number) => void;
  onPlaced: () => void;
}

/** The basket, who it is for, and how they want to be asked before money moves. */
export function CheckoutForm({ lines, onQuantity, onPlaced }: Props) {
  const [visitor, setVisitor] = useState<Visitor>(() => loadVisitor() ?? emptyVisitor);
  const [problems, setProblems] = useState<VisitorProblems>({});
  const once = useRef(new OnceMore<object>());
  const task = useTask();
  const put = (change: Partial<Visitor>) => { setVisitor({ ...visitor, ...change }); setProblems({}); };
  const sum = sumOf(lines);
  const refused = task.error instanceof ApiProblem ? task.error : null;

  const place = () => {
    const found = visitorProblems(visitor);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    void task.run(async () => {
      const body = orderOf(lines, visitor);
      const placed = await once.current.run(JSON.stringify(body), async () => body,
        (kept, key) => shopApi.post<Placed>('/sandbox/api/shop/checkout', kept, { key }));
      keepVisitor(visitor);
      onPlaced();
      location.assign(placed.checkout_url);
    });
  };

  return (
    <form class="panel stack" noValidate data-testid="checkout-form" onSubmit={(event) => { event.preventDefault(); place(); }}>
      <h2>{t.shop.form.basket}</h2>
      <ul class="basket">
        {lines.map(({ good, quantity }) => (
          <li key={good.sku}>
            <span class="basket-name">{good.name}<small class="muted">{t.shop.form.each(formatAmount(good.unit_price))}</small></span>
            <Quantity name={good.name} sku={good.sku} pieces={quantity} onQuantity={onQuantity} />
          </li>
        ))}
      </ul>
      {sum && <p class="spread strong"><span>{t.shop.form.sum}</span><span data-testid="basket-sum">{formatAmount(sum)}</span></p>}
      <div class="spread visitor-head"><h2>{t.shop.form.deliverTo}</h2>
        <Button testid="sample-customer" kind="plain" onPress={() => put(sampleVisitor())}>{t.shop.form.sample}</Button></div>
      <Field label={t.shop.form.name} testid="name" value={visitor.name} onValue={(name) => put({ name })} autoComplete="name" maxLength={100}
        problem={problems.name ?? refused?.field('name')} />
      <Field label={t.shop.form.phone} testid="phone" type="tel" value={visitor.phone} onValue={(phone) => put({ phone })} autoComplete="tel" maxLength={20}
        placeholder={sampleVisitor().phone} problem={problems.phone ?? refused?.field('phone')}
        hint={<>{t.shop.form.phoneHint} <button type="button" class="link" data-testid="suggest-phone" onClick={() => put({ phone: sampleVisitor().phone })}>{sampleVisitor().phone}</button></>} />
      <Field label={t.shop.form.email} testid="email" type="email" value={visitor.email} onValue={(email) => put({ email })} autoComplete="email" maxLength={200}
        problem={problems.email ?? refused?.field('email')} />
      <Field label={t.shop.form.address} testid="address" value={visitor.address} onValue={(address) => put({ address })} autoComplete="street-address" maxLength={200}
        problem={problems.address ?? refused?.field('address')} />
      <fieldset class="choice methods">
        <legend>{t.shop.form.ask}</legend>
        <label><input type="radio" name="method" checked={visitor.method === 'sms'} onChange={() => put({ method: 'sms' })} data-testid="method-sms" /><SmsIcon /><span>{t.shop.form.bySms}<small>{t.shop.form.smsFallback}</small></span></label>
        <label><input type="radio" name="method" checked={visitor.method === 'email'} onChange={() => put({ method: 'email' })} data-testid="method-email" /><MailIcon /><span>{t.shop.form.byMail}</span></label>
      </fieldset>
      {task.error !== null && <Notice tone="bad" testid="checkout-problem">{sentenceFor(task.error)}</Notice>}
      <Button testid="place-order" type="submit" wide busy={task.busy}>{task.busy ? t.shop.form.placing : t.shop.form.go}</Button>
      <p class="muted small">{t.shop.form.signs}</p>
    </form>
  );
}

function orderOf(lines: BasketLine[], visitor: Visitor): object {
  const { name, phone, email, address, method } = visitor;
  return {
    lines: lines.map(({ good, quantity }) => ({ sku: good.sku, quantity })),
    customer: { name: name.trim(), phone: phone.replace(/[\s()-]/g, ''), email: email.trim(), address: address.trim() },
    confirmation: { method, fallback: method === 'sms' ? ['email'] : [] },
    locale,
  };
}
