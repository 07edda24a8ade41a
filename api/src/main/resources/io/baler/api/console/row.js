import * as api from './api.js';
import { ask } from './dialogs.js';
import { h, icon, say } from './dom.js';
import { bytes, day, duration, exactTime, listed, percent, t, tCode, time } from './i18n.js';
import { Pace } from './pace.js';

const NAMED = 3;

export function isLive(one) {
  return ['queued', 'exporting', 'uploading'].includes(one.status);
}

/** One export in the list. It is drawn anew only where something has changed. */
export function exportRow(first, { who, mayAsk, changed, gone, again }) {
  const pace = new Pace();
  const badge = h('span', { class: 'badge' });
  const facts = h('p', { class: 'facts' });
  const bar = h('progress', { max: 100, 'aria-label': t('progress') });
  const buttons = h('div', { class: 'buttons' });
  const title = h('h2', { title: whatInFull(first.filters) }, what(first.filters));
  const about = h('p', { class: 'about' },
    h('time', { dateTime: first.createdAt, title: exactTime(first.createdAt) }, time(first.createdAt)),
    h('span', { class: 'tag' }, first.format),
    first.requestedBy !== who.name && h('span', {}, t('by', { name: first.requestedBy })));
  const element = h('li', { class: 'export card' },
    h('div', { class: 'main' }, h('div', { class: 'title' }, badge, title), about, bar, facts), buttons);
  const row = { element, now: null, update };
  update(first);
  return row;

  function update(now) {
    const before = row.now;
    row.now = now;
    pace.add(now);
    if (before && JSON.stringify(before) === JSON.stringify(now) && !isLive(now)) {
      return;
    }
    const state = stateOf(now);
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
    if (!before || stateOf(before) !== state) {
      const hadFocus = buttons.contains(document.activeElement);
      buttons.replaceChildren(...buttonsFor(now));
      if (hadFocus) {
        buttons.querySelector('a, button')?.focus();
      }
    }
  }

  function buttonsFor(now) {
    const name = what(now.filters);
    const button = (action, kind, onclick) => h('button', {
      class: kind, type: 'button', 'data-action': action, 'aria-label': `${t(`do.${action}`)}: ${name}`, onclick,
    }, t(`do.${action}`));
    const all = [];
    if (stateOf(now) === 'completed') {
      all.push(h('a', { class: 'button soft', href: api.archiveOf(now.id), 'data-action': 'download',
        'aria-label': `${t('do.download')}: ${name}`, onclick: download }, icon('download'), t('do.download')));
    }
    if (mayAsk) {
      if (isLive(now)) {
        all.push(button('restart', 'plain', () => act('restart')), button('cancel', 'plain', () => act('cancel')));
      } else {
        if (now.status === 'failed' && now.failure?.code !== 'request-refused') {
          all.push(button('resume', 'primary', () => act('resume')));
        }
        all.push(button('again', 'plain', () => again(now.filters, now.format)));
        all.push(button('delete', 'quiet', remove));
      }
    }
    return all;
  }

  async function download(event) {
    event.preventDefault();
    const status = await api.isThere(api.archiveOf(row.now.id));
    if (status === 200) {
      location.assign(api.archiveOf(row.now.id));
    } else if (status === 410) {
      say(t('gone'), 'bad');
      changed(await api.find(row.now.id));
    } else if (status !== 401) {
      say(t('problem.unreachable'), 'bad');
    }
  }

  async function act(action) {
    if (action !== 'resume' && !(await ask({
      title: t(`ask.${action}.title`), text: t(`ask.${action}.text`), yes: t(`do.${action}`),
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
    if (await ask({ title: t('ask.delete.title'), text: t('ask.delete.text'), yes: t('do.delete'), dangerous: true })) {
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
        changed(await api.find(row.now.id));
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
      return said(now.failure ? tCode('failure', now.failure.code, now.failure.message) : t('state.failed'),
        exported > 0 && t('kept', { count: exported }));
    default:
      return said(t(`ended.${now.status}`, { time: time(now.endedAt) }));
  }
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
  return parts.join(' · ');
}

function rangeOf({ dateFrom, dateTo }) {
  const from = dateFrom && day(new Date(dateFrom));
  const to = dateTo && day(new Date(dateTo));
  if (from && to) {
    return from === to ? from : `${from} – ${to}`;
  }
  return from ? t('since', { from }) : to ? t('upTo', { to }) : '';
}
