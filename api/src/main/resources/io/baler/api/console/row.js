import * as api from './api.js';
import { ask } from './dialogs.js';
import { h, icon, say } from './dom.js';
import { download } from './downloads.js';
import { bytes, days, duration, exactTime, listed, percent, t, tCode, time } from './i18n.js';
import { Pace } from './pace.js';

const NAMED = 3;

export function isLive(one) {
  return ['queued', 'exporting', 'uploading'].includes(one.status);
}

/** One export in the list. It is drawn anew only where something has changed. */
export function exportRow(first, { who, mayAsk, changed, gone, again }) {
  const name = what(first.filters);
  const pace = new Pace();
  let shown = '';
  const badge = h('span', { class: 'badge' });
  const facts = h('p', { class: 'facts' });
  const bar = h('progress', { max: 100, 'aria-label': t('progress', { what: name }) });
  const buttons = h('div', { class: 'buttons' });
  const title = h('h3', { title: whatInFull(first.filters) }, name);
  const about = h('p', { class: 'about' },
    h('time', { dateTime: first.createdAt, title: exactTime(first.createdAt) }, time(first.createdAt)),
    h('span', { class: 'tag' }, first.format),
    first.requestedBy !== who.name && h('span', {}, t('by', { name: first.requestedBy })));
  const element = h('li', { class: 'export card' },
    badge, h('div', { class: 'main' }, title, about, bar, facts), buttons);
  const row = { element, name, created: Date.parse(first.createdAt), now: null, update };
  update(first);
  return row;

  function update(now) {
    const before = row.now;
    row.now = now;
    pace.add(now);
    const state = stateOf(now);
    if (shown === state && JSON.stringify(before) === JSON.stringify(now) && !isLive(now)) {
      return;
    }
    element.dataset.state = state;
    element.dataset.id = now.id;
    badge.textContent = t(`state.${state}`);
    facts.replaceChildren(...factsOf(now, pace));
    bar.hidden = !isLive(now) || now.status === 'queued';
    if (isLive(now) && now.progress.percent !== undefined) {
      bar.value = now.progress.percent;
    } else {
      bar.removeAttribute('value');
    }
    if (shown !== state) {
      shown = state;
      drawButtons(now);
    }
  }

  /** One that stands for the same, or else the first, has the focus that one of them had. */
  function drawButtons(now) {
    const focused = buttons.contains(document.activeElement) ? document.activeElement.dataset.action : null;
    buttons.replaceChildren(...buttonsFor(now));
    if (focused) {
      (buttons.querySelector(`[data-action=${focused}]`) ?? buttons.querySelector('a, button'))?.focus();
    }
  }

  function buttonsFor(now) {
    const button = (action, kind, onclick) => h('button', {
      class: kind, type: 'button', 'data-action': action, 'aria-label': `${t(`do.${action}`)}: ${name}`, onclick,
    }, t(`do.${action}`));
    const all = [];
    if (stateOf(now) === 'completed') {
      all.push(h('a', { class: 'button soft', href: api.archiveOf(now.id), 'data-action': 'download',
        'aria-label': `${t('do.download')}: ${name}`, onclick: bring }, icon('download'), t('do.download')));
    }
    if (mayAsk) {
      if (isLive(now)) {
        all.push(button('restart', 'plain', () => act('restart')), button('cancel', 'plain', () => act('cancel')));
      } else {
        if (now.status === 'failed' && now.failure?.code !== 'request-refused') {
          all.push(button('resume', 'soft', () => act('resume')));
        }
        all.push(button('again', 'plain', () => again(now.filters, now.format)));
        all.push(button('delete', 'quiet', remove));
      }
    }
    return all;
  }

  async function bring(event) {
    event.preventDefault();
    if (await download(row.now.id)) {
      await lookAnew();
    }
  }

  async function lookAnew() {
    try {
      changed(await api.find(row.now.id));
    } catch (refused) {
      if (refused.status === 404) {
        gone(row.now.id);
      }
    }
  }

  async function act(action) {
    if (action !== 'resume' && !(await ask({
      title: t(`ask.${action}.title`), text: t(`ask.${action}.text`), yes: t(`ask.${action}.yes`),
      no: t('keep'), dangerous: action === 'cancel',
    }))) {
      return;
    }
    await tried(async () => {
      pace.forget();
      changed(await api.act(row.now.id, action));
    });
  }

  async function remove() {
    const { id } = row.now;
    if (await ask({ title: t('ask.delete.title'), text: t('ask.delete.text'), yes: t('ask.delete.yes'), dangerous: true })) {
      await tried(async () => {
        await api.remove(id);
        gone(id);
        say(t('deleted'));
      });
    }
  }

  async function tried(doing) {
    try {
      await doing();
    } catch (refused) {
      say(tCode('problem', refused.code, refused.message), 'bad');
      if (refused.status === 404) {
        gone(row.now.id);
      } else if (refused.status === 409) {
        await lookAnew();
      }
    }
  }
}

/** The status, and what a reader takes for one. */
function stateOf(one) {
  if (one.status !== 'completed') {
    return one.status;
  }
  if (!one.archive) {
    return 'nothing';
  }
  return new Date(one.archive.expiresAt) > new Date() ? 'completed' : 'gone';
}

function factsOf(now, pace) {
  const { exported, expected } = now.progress;
  const said = (...texts) => texts.filter(Boolean).map((text) => h('span', {}, text));
  switch (stateOf(now)) {
    case 'queued':
      return said(t('waiting'));
    case 'exporting':
    case 'uploading': {
      const rate = pace.rate();
      const left = rate && expected !== undefined ? (expected - exported) / rate : undefined;
      return said(
        now.progress.percent !== undefined && percent(now.progress.percent),
        expected === undefined ? t('records', { count: exported }) : t('of', { exported, expected }),
        rate && t('rate', { rate: Math.round(rate) }),
        left !== undefined && left > 0.5 && t('left', { time: duration(left) }));
    }
    case 'completed':
      return said(t('records', { count: exported }), bytes(now.archive.size),
        t('until', { time: time(now.archive.expiresAt) }));
    case 'gone':
      return said(t('records', { count: exported }), t('over', { time: time(now.archive.expiresAt) }));
    case 'nothing':
      return said(t('nothing'));
    case 'failed':
      return [...said(reasonOf(now), exported > 0 && t('kept', { count: exported })), ...detailsOf(now.failure)];
    default:
      return said(t(`ended.${now.status}`, { time: time(now.endedAt) }));
  }
}

/** In the reader's language as far as there are words for it. */
function reasonOf({ failure }) {
  return failure ? tCode('failure', failure.code, failure.message) : t('state.failed');
}

/** What the worker says names records and fields, which no text of ours can. */
function detailsOf(failure) {
  return failure && tCode('failure', failure.code, failure.message) !== failure.message
    ? [h('details', {}, h('summary', {}, t('details')), h('p', { lang: 'en' }, failure.message))]
    : [];
}

export function outcomeText(now) {
  return t(`outcome.${stateOf(now)}`, { what: what(now.filters) });
}

/** The filters as a person would say them. */
export function what(filters) {
  return words(filters, NAMED);
}

function whatInFull(filters) {
  return words(filters, Infinity);
}

function words(filters, most) {
  const names = (all) => all.length <= most
    ? listed(all)
    : t('andMore', { names: listed(all.slice(0, most)), count: all.length - most });
  const parts = [];
  const people = [...(filters.usernames ?? []), ...(filters.users ?? [])];
  parts.push(filters.actions?.length ? names(filters.actions) : t('everything'));
  if (people.length) {
    parts.push(t('of.people', { names: names(people) }));
  }
  const range = rangeOf(filters);
  if (range) {
    parts.push(range);
  }
  // a line may end with a dot, but not begin with one
  return parts.join('\u00a0· ');
}

function rangeOf({ dateFrom, dateTo }) {
  const [from, to] = [dateFrom, dateTo].map((date) => (date ? new Date(date) : null));
  if (from && to) {
    return days(from, to);
  }
  return from ? t('since', { from: days(from) }) : to ? t('upTo', { to: days(to) }) : '';
}
