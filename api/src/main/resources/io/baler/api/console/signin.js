import * as api from './api.js';
import { h } from './dom.js';
import { t, tCode } from './i18n.js';

/** The token is given to the api once and kept nowhere; from then on there is the cookie. */
export function signInPage(reason, onSignedIn) {
  const error = h('p', { class: 'error', id: 'token-error', role: 'alert' });
  const token = h('input', {
    type: 'password', id: 'token', required: true, autocomplete: 'off', spellcheck: false,
    'aria-describedby': 'token-hint token-error', value: tokenOfTheAddress(),
  });
  const button = h('button', { class: 'primary wide' }, t('signin.button'));
  const form = h('form', { class: 'signin card', onsubmit: async (event) => {
    event.preventDefault();
    error.textContent = '';
    button.disabled = true;
    try {
      onSignedIn(await api.signIn(token.value.trim()));
    } catch (refused) {
      error.textContent = refused.status === 401 ? t('signin.wrong') : tCode('problem', refused.code, refused.message);
      token.setAttribute('aria-invalid', 'true');
      token.focus();
    } finally {
      button.disabled = false;
    }
  } },
  h('img', { src: '/console/icon.svg', alt: '', width: 48, height: 48 }),
  h('h1', {}, t('signin.title')),
  h('p', { class: 'muted' }, reason ?? t('signin.about')),
  h('label', { for: 'token' }, t('signin.token')),
  token,
  h('p', { class: 'hint', id: 'token-hint' }, t('signin.hint')),
  error,
  button);
  queueMicrotask(() => (token.value ? button : token).focus());
  return h('main', { class: 'middle' }, form);
}

/**
 * What "./baler serve" shows leads here with the token behind the #, which no browser sends to a server. It is taken out
 * of the address at once, and only filled in: somebody else's link must not sign anybody in unasked.
 */
function tokenOfTheAddress() {
  const found = new URLSearchParams(location.hash.slice(1)).get('token');
  if (found) {
    history.replaceState(null, '', location.pathname);
  }
  return found ?? '';
}
