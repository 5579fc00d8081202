using Microsoft.Playwright;

namespace Hub.EndToEnd.Pages;

/// <summary>What can be checked of a page without a judge: names, headings, contrast, and that nothing is wider than the window.</summary>
internal static class Accessibility
{
    /// <summary>What is wrong with the page as it is now, one line each; WCAG 2.2, 1.3.1, 1.4.3, 1.4.10, 2.4.6 and 4.1.2.</summary>
    internal static Task<string[]> FlawsOfAsync(IPage page) => page.EvaluateAsync<string[]>(Check);

    private const string Check = """
        () => {
          const flaws = [];
          // A custom element's own tree is read as well: whoever uses the page does not know where it begins.
          const roots = [document, ...[...document.querySelectorAll('*')].flatMap((element) => element.shadowRoot ?? [])];
          const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
          const shown = (element) => element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true });
          const told = (element) => `${element.tagName.toLowerCase()} ${element.dataset.testid ?? element.className ?? ''} "${(element.textContent ?? '').trim().slice(0, 40)}"`;
          const nameOf = (element) => (element.getAttribute('aria-label')
            ?? (element.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ')).trim();

          for (const field of all('input, select, textarea')) {
            const label = [...(field.labels ?? [])].map((one) => one.textContent).join(' ').trim();
            if (!label && !nameOf(field)) flaws.push(`no label: ${told(field)}`);
          }
          for (const control of all('button, a[href]')) {
            const inside = [...control.querySelectorAll('[aria-label], img[alt]')].map((one) => one.getAttribute('aria-label') ?? one.alt).join('');
            if (shown(control) && !(control.textContent.trim() || inside || nameOf(control))) flaws.push(`no name: ${told(control)}`);
          }
          for (const image of all('img:not([alt])')) flaws.push(`no alternative: ${image.src}`);
          const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
          for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) flaws.push(`id twice: ${id}`);
          if (document.querySelectorAll('h1').length !== 1) flaws.push(`${document.querySelectorAll('h1').length} main headings`);
          if (document.querySelectorAll('main').length !== 1) flaws.push('no single main region');
          if (!document.documentElement.lang) flaws.push('no language');
          if (document.documentElement.scrollWidth > innerWidth) flaws.push(`wider than the window: ${document.documentElement.scrollWidth} of ${innerWidth}`);

          const parse = (text) => {
            const numbers = (text.match(/[\d.]+/g) ?? []).map(Number);
            const scale = text.startsWith('color(') ? 255 : 1;
            return { r: numbers[0] * scale, g: numbers[1] * scale, b: numbers[2] * scale, a: numbers[3] ?? 1 };
          };
          const over = (top, below) => ({ r: top.r * top.a + below.r * (1 - top.a), g: top.g * top.a + below.g * (1 - top.a), b: top.b * top.a + below.b * (1 - top.a), a: 1 });
          const groundOf = (element) => {
            if (!element) return { r: 255, g: 255, b: 255, a: 1 };
            const own = parse(getComputedStyle(element).backgroundColor);
            return own.a >= 1 ? own : over(own, groundOf(element.parentElement ?? element.getRootNode().host));
          };
          const light = ({ r, g, b }) => [r, g, b].map((c) => c / 255).map((c) => (c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)).reduce((sum, c, at) => sum + c * [.2126, .7152, .0722][at], 0);
          const texts = roots.flatMap((root) => {
            const found = [];
            const walker = document.createTreeWalker(root === document ? document.body : root, NodeFilter.SHOW_TEXT);
            for (let text = walker.nextNode(); text; text = walker.nextNode()) found.push(text);
            return found;
          });
          for (const text of texts) {
            const element = text.parentElement;
            if (!text.data.trim() || !shown(element) || element.closest('svg, script, style, noscript, :disabled, [aria-hidden=true]')) continue;
            const style = getComputedStyle(element);
            const ground = groundOf(element);
            const [high, low] = [light(over(parse(style.color), ground)), light(ground)].sort((a, b) => b - a);
            const size = parseFloat(style.fontSize);
            const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
            const ratio = (high + .05) / (low + .05);
            if (ratio < (large ? 3 : 4.5)) flaws.push(`contrast ${ratio.toFixed(2)}: ${told(element)}`);
          }
          return flaws;
        }
        """;
}
