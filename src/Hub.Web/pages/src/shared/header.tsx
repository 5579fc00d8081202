import { useEffect, useRef } from 'preact/hooks';
import { choose, language, languages, t, type Language } from '../words/words.ts';
import { useHubClock } from './hub-clock.ts';
import { WebIcon } from './icons.tsx';
import mark from './mark.svg';

const links = () => [
  ['/shop', 'shop', t.nav.shop],
  ['/sandbox/phone', 'phone', t.nav.phone],
  ['/sandbox/mail', 'mail', t.nav.mail],
  ['/support', 'support', t.nav.support],
  ['/sandbox/bank', 'bank', t.nav.bank],
  ['/sandbox/clock', 'clock', t.nav.clock],
] as const;

/** The thin bar above every page. The walk through the sandbox is only offered where there is one, languages only where they are spoken. */
export function Header(props: { here: string; sandbox?: boolean | null; languages?: boolean }) {
  const asked = useHubClock();
  const sandbox = props.sandbox ?? asked;
  const nav = useRef<HTMLElement>(null);
  // On a phone the links scroll sideways; the one that is open must not be out of sight.
  useEffect(() => {
    const current = nav.current?.querySelector<HTMLElement>('[aria-current]');
    if (nav.current && current) nav.current.scrollLeft = current.offsetLeft - nav.current.offsetLeft - 60;
  }, [sandbox]);
  return (
    <header class="bar">
      <a class="wordmark" href={sandbox ? '/' : props.languages ? '/my' : '/support'} aria-label={t.nav.start}>
        <img src={mark} width="24" height="24" alt="" />
        <span>Omni<b>Hub</b></span>
      </a>
      {sandbox && (
        <nav class="bar-nav" ref={nav} aria-label={t.nav.sandbox}>
          {links().map(([href, id, name]) => (
            <a key={href} href={href} aria-current={href === props.here ? 'page' : undefined} data-testid={`nav-${id}`}>{name}</a>
          ))}
        </nav>
      )}
      {sandbox && <span class="bar-mode">{t.nav.sandbox}</span>}
      {props.languages && <LanguagePicker />}
    </header>
  );
}

/** Each language by its own name, so that whoever cannot read this page finds theirs. */
function LanguagePicker() {
  return (
    <label class="bar-language">
      <WebIcon size={17} /><span class="hidden">{t.nav.language}</span>
      <select value={language} data-testid="language" onChange={(event) => void choose(event.currentTarget.value as Language)}>
        {Object.entries(languages).map(([id, name]) => <option key={id} value={id} lang={id}>{name}</option>)}
      </select>
    </label>
  );
}
