import { useEffect, useRef } from 'preact/hooks';
import mark from './mark.svg';
import { useHubClock } from './hub-clock.ts';

const links: [string, string][] = [
  ['/shop', 'Shop'],
  ['/sandbox/phone', 'Phone'],
  ['/sandbox/mail', 'Mail'],
  ['/support', 'Support'],
  ['/sandbox/bank', 'Bank'],
  ['/sandbox/clock', 'Clock'],
];

/** The thin bar above every page. The walk through the sandbox is only offered where there is one. */
export function Header(props: { here: string; sandbox?: boolean | null }) {
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
      <a class="wordmark" href={sandbox ? '/' : '/support'} aria-label="OmniHub, start page">
        <img src={mark} width="24" height="24" alt="" />
        <span>Omni<b>Hub</b></span>
      </a>
      {sandbox && (
        <nav class="bar-nav" ref={nav} aria-label="Sandbox">
          {links.map(([href, name]) => (
            <a key={href} href={href} aria-current={href === props.here ? 'page' : undefined} data-testid={`nav-${name.toLowerCase()}`}>{name}</a>
          ))}
        </nav>
      )}
      {sandbox && <span class="bar-mode">Sandbox</span>}
    </header>
  );
}
