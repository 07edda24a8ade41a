import * as api from './api.js';
import { bell } from './bell.js';
import { h, icon } from './dom.js';
import { openForm } from './form.js';
import { currentLanguage, languages, load, t } from './i18n.js';
import { exportList } from './list.js';
import { signInPage } from './signin.js';

const THEMES = ['auto', 'light', 'dark'];
const app = document.getElementById('app');

let session = null;
let list = null;
let signals = null;

async function start() {
  await load();
  // another tab may have signed in as somebody else
  document.addEventListener('visibilitychange', () => {
    if (session && !document.hidden) {
      api.isStillTheSame().catch(() => {});
    }
  });
  api.whenSignedOut(() => session && show(null, t('signin.ended')));
  try {
    show(await api.session());
  } catch (refused) {
    show(null, refused.status === 401 ? undefined : t('problem.unreachable'));
  }
}

function show(who, reason) {
  list?.stop();
  signals?.stop();
  document.querySelectorAll('dialog').forEach((dialog) => dialog.close());
  session = who;
  list = null;
  signals = null;
  document.title = t('title');
  if (!who) {
    app.replaceChildren(signInPage(reason, show));
    return;
  }
  const mayAsk = who.rights.includes('exports:write');
  list = exportList({ who, mayAsk, again: (filters, format) => openForm({ filters, format, done: requested }) });
  signals = bell({ onNews: () => list.refresh(), nameOf: (id) => list.nameOf(id) });
  app.replaceChildren(
    h('a', { class: 'skip', href: '#exports' }, t('skip')),
    header(who, mayAsk),
    h('main', { class: 'page', id: 'exports', tabIndex: -1 }, list.element));
  list.start();
  signals.start();
}

function requested() {
  list?.refresh(true);
}

function header(who, mayAsk) {
  return h('header', { class: 'top' },
    h('div', { class: 'brand' },
      h('img', { src: '/console/icon.svg', alt: '', width: 28, height: 28 }), h('span', {}, 'Baler')),
    h('div', { class: 'tools' },
      signals.element,
      languageChoice(),
      themeButton(),
      h('span', { class: 'who', title: who.name }, who.name),
      h('button', { class: 'quiet round', type: 'button', id: 'sign-out', 'aria-label': t('signout'),
        title: t('signout'), onclick: signOut }, icon('out')),
      mayAsk && h('button', { class: 'primary', type: 'button', id: 'new-export', 'aria-label': t('new'),
        onclick: () => openForm({ done: requested }) }, icon('plus'),
      h('span', { class: 'long' }, t('new')), h('span', { class: 'short' }, t('new.short')))));
}

function languageChoice() {
  const select = h('select', { class: 'quiet', id: 'language', 'aria-label': t('language'), onchange: async () => {
    await load(select.value);
    show(session);
    document.getElementById('language').focus();
  } }, languages().map(([code, name]) => h('option', { value: code, lang: code }, name)));
  select.value = currentLanguage();
  return select;
}

function themeButton() {
  const button = h('button', { class: 'quiet round', type: 'button', id: 'theme', onclick: () => {
    const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
    if (next === 'auto') {
      localStorage.removeItem('baler.theme');
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem('baler.theme', next);
      document.documentElement.dataset.theme = next;
    }
    label();
  } });
  function label() {
    button.replaceChildren(icon({ auto: 'auto', light: 'sun', dark: 'moon' }[theme()]));
    button.setAttribute('aria-label', t(`theme.${theme()}`));
    button.title = t(`theme.${theme()}`);
  }
  label();
  return button;
}

function theme() {
  return document.documentElement.dataset.theme ?? 'auto';
}

async function signOut() {
  try {
    await api.signOut();
  } finally {
    show(null, t('signin.left'));
  }
}

start();
