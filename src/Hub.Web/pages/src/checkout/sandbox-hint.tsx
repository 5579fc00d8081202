import { ArrowIcon, MailIcon, PhoneIcon } from '../shared/icons.tsx';
import { t } from '../words/words.ts';

/** In the sandbox nobody's real phone rings: this leads to the one that does. */
export function SandboxHint(props: { channel: string | null }) {
  const number = sessionStorage.getItem('omnihub.phone');
  const mail = props.channel === 'email';
  return (
    <a class="sandbox-hint" target="_blank" rel="noopener" data-testid="open-sandbox"
      href={mail ? '/sandbox/mail' : `/sandbox/phone${number ? `?number=${encodeURIComponent(number)}` : ''}`}>
      {mail ? <MailIcon /> : <PhoneIcon />}
      <span><b>{mail ? t.sandboxMail : t.sandboxPhone}</b><small>{t.sandboxHint}</small></span>
      <ArrowIcon />
    </a>
  );
}
