import { useState } from 'preact/hooks';
import { useTask } from '../shared/hooks.ts';
import { ApiProblem, sentenceFor } from '../shared/problem.ts';
import { Button, Field, Notice } from '../shared/ui.tsx';
import { t } from '../words/words.ts';
import { shopApi } from './goods.ts';
import { emptyVisitor, loadVisitor } from './visitor.ts';

/** The way to "my payments": the shop signs its customer in at the hub. This one believes whoever says who they are; it is a sandbox. */
export function Account() {
  const [visitor, setVisitor] = useState(() => loadVisitor() ?? emptyVisitor);
  const task = useTask();
  const press = () => task.run(async () => {
    const { url } = await shopApi.post<{ url: string }>('/sandbox/api/shop/account', { phone: visitor.phone.replace(/[\s()-]/g, ''), email: visitor.email.trim() });
    location.assign(url);
  });
  const unknown = task.error instanceof ApiProblem && task.error.status === 404;
  return (
    <form class="panel stack shop-account" noValidate data-testid="account" onSubmit={(event) => { event.preventDefault(); void press(); }}>
      <div class="page-head"><h1>{t.shop.signIn.title}</h1><p class="muted">{t.shop.signIn.text}</p></div>
      <Field label={t.shop.form.phone} testid="account-phone" type="tel" value={visitor.phone} onValue={(phone) => { setVisitor({ ...visitor, phone }); task.clear(); }} autoComplete="tel" maxLength={20} />
      <Field label={t.shop.form.email} testid="account-email" type="email" value={visitor.email} onValue={(email) => { setVisitor({ ...visitor, email }); task.clear(); }} autoComplete="email" maxLength={200} />
      {task.error !== null && <Notice tone={unknown ? 'warn' : 'bad'} testid="account-problem">{unknown ? t.shop.signIn.unknown : sentenceFor(task.error)}</Notice>}
      <Button testid="account-open" type="submit" wide busy={task.busy}>{t.shop.signIn.open}</Button>
    </form>
  );
}
