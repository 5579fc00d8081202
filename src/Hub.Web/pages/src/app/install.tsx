import { useEffect, useState } from 'preact/hooks';
import { DownloadIcon } from '../shared/icons.tsx';
import { Button } from '../shared/ui.tsx';
import { t } from '../words/words.ts';

/** What Chromium tells before it would ask by itself; no standard yet. */
interface InstallOffer extends Event {
  prompt: () => Promise<unknown>;
}

const place = 'omnihub.install';

/** At the end of the page, once: whoever says no is not asked again. */
export function Install() {
  const [offer, setOffer] = useState<InstallOffer | null>(null);
  const [refused, refuse] = useState(() => localStorage.getItem(place) === 'no');
  useEffect(() => {
    const offered = (event: Event) => { event.preventDefault(); setOffer(event as InstallOffer); };
    const installed = () => setOffer(null);
    addEventListener('beforeinstallprompt', offered);
    addEventListener('appinstalled', installed);
    return () => { removeEventListener('beforeinstallprompt', offered); removeEventListener('appinstalled', installed); };
  }, []);
  if (offer === null || refused) return null;
  return (
    <section class="panel app-install" aria-label={t.my.install} data-testid="install">
      <DownloadIcon size={22} />
      <p><b>{t.my.install}</b><br /><span class="muted small">{t.my.installText}</span></p>
      <div class="row app-install-acts">
        <Button testid="install-now" kind="secondary" onPress={() => { setOffer(null); void offer.prompt(); }}>{t.my.installNow}</Button>
        <Button testid="install-later" kind="plain" onPress={() => { localStorage.setItem(place, 'no'); refuse(true); }}>{t.my.later}</Button>
      </div>
    </section>
  );
}
