import * as api from './api.js';
import { h, icon } from './dom.js';
import { download } from './downloads.js';
import { t, tCode, time } from './i18n.js';
import { what } from './row.js';

const LOOK = 10_000;

/** How exports ended, as far as it has not been seen. */
export function bell({ onNews, nameOf }) {
  const names = new Map();
  let news = [];
  let drawn = '';
  let timer = null;
  let newest = null;
  let stopped = false;

  const count = h('span', { class: 'count', hidden: true });
  const panel = h('div', { class: 'panel card', id: 'news', hidden: true });
  const button = h('button', { class: 'quiet round', type: 'button', id: 'bell', 'aria-expanded': 'false',
    'aria-controls': 'news', onclick: () => toggle(panel.hidden) }, icon('bell'), count);
  const element = h('div', { class: 'bell', onkeydown: (event) => {
    if (event.key === 'Escape' && !panel.hidden) {
      toggle(false);
      button.focus();
    }
  } }, button, panel);

  function toggle(shown) {
    panel.hidden = !shown;
    button.setAttribute('aria-expanded', String(shown));
    if (shown) {
      drawn = '';
      draw();
    }
  }

  function outside(event) {
    if (!panel.hidden && !event.composedPath().includes(element)) {
      toggle(false);
    }
  }

  async function look() {
    clearTimeout(timer);
    if (!document.hidden) {
      try {
        news = (await api.notifications()).notifications;
        if (news[0] && news[0].id !== newest && newest !== null) {
          onNews();
        }
        newest = news[0]?.id ?? '';
        label();
      } catch {
        // the list tells that the server cannot be reached
      }
    }
    if (!stopped) {
      timer = setTimeout(look, LOOK);
    }
  }

  function label() {
    count.textContent = news.length > 99 ? '99+' : String(news.length);
    count.hidden = news.length === 0;
    button.setAttribute('aria-label', t('bell', { count: news.length }));
    button.title = t('bell', { count: news.length });
    if (!panel.hidden) {
      draw();
    }
  }

  /** Only if there is something else to show: whoever reads it, or is in it with the keyboard, is not disturbed. */
  function draw() {
    const now = news.map((each) => each.id).join();
    if (drawn === now && panel.hasChildNodes()) {
      return;
    }
    drawn = now;
    const hadFocus = panel.contains(document.activeElement);
    panel.replaceChildren(
      h('div', { class: 'caption' }, h('h2', {}, t('bell.title')),
        news.length > 0 && h('button', { class: 'plain small', type: 'button', id: 'seen', onclick: seen },
          t('bell.seen'))),
      news.length === 0
        ? h('p', { class: 'muted' }, t('bell.none'))
        : h('ul', {}, news.map(item)));
    if (hadFocus) {
      (panel.querySelector('button, a') ?? button).focus();
    }
  }

  function item(each) {
    const name = h('h3', { hidden: true });
    call(each.exportId, name);
    return h('li', { 'data-outcome': each.outcome, 'data-export': each.exportId },
      h('span', { class: 'dot', 'aria-hidden': 'true' }),
      h('div', {},
        name,
        h('p', {}, textOf(each)),
        h('p', { class: 'muted' }, h('time', { dateTime: each.endedAt }, time(each.endedAt)),
          each.archive?.href && ' · ',
          each.archive?.href && h('a', { href: each.archive.href, onclick: (event) => bring(event, each) },
            t('do.download')))));
  }

  /** A notification outlives its export, which then has no name any more. */
  async function call(id, heading) {
    if (!nameOf(id) && !names.has(id)) {
      names.set(id, await api.find(id).then((found) => what(found.filters), () => ''));
    }
    heading.textContent = nameOf(id) ?? names.get(id);
    heading.hidden = !heading.textContent;
  }

  function textOf(each) {
    const reason = each.failure ? tCode('failure', each.failure.code, each.failure.message) : '';
    return t(`news.${each.outcome}`, {
      count: each.records, reason, until: each.archive ? time(each.archive.expiresAt) : '',
    });
  }

  async function bring(event, each) {
    event.preventDefault();
    if (!(await download(each.exportId))) {
      await api.seen(each.id).catch(() => {});
    }
    await look();
  }

  async function seen() {
    await api.seenUpTo(news[0].id).catch(() => {});
    await look();
    toggle(false);
    button.focus();
  }

  label();
  return {
    element,
    start() {
      document.addEventListener('click', outside);
      look();
    },
    stop() {
      stopped = true;
      document.removeEventListener('click', outside);
      clearTimeout(timer);
    },
  };
}
