/** The public api, by the session's cookie. */
const ROOT = '/api/v1';

let csrfToken = '';
let onSignedOut = () => {};

/** What the api has refused; code and fields are for the page, detail is for people. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
    this.code = problem.code ?? 'unreachable';
    this.fields = problem.errors ?? [];
  }
}

export function whenSignedOut(listener) {
  onSignedOut = listener;
}

async function call(method, path, { body, headers = {}, signal } = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, {
      method,
      signal,
      headers: {
        Accept: 'application/json, application/problem+json',
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(method === 'GET' ? {} : { 'X-CSRF-Token': csrfToken }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Refused(0, { code: 'unreachable' });
  }
  if (response.status === 204) {
    return null;
  }
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) {
    if (response.status === 401 && path !== '/session') {
      onSignedOut();
    }
    throw new Refused(response.status, answer);
  }
  return answer;
}

function known(session) {
  csrfToken = session.csrfToken ?? '';
  return session;
}

export const session = () => call('GET', '/session').then(known);
export const signIn = (token) =>
  call('POST', '/session', { headers: { Authorization: `Bearer ${token}` } }).then(known);
export const signOut = () => call('DELETE', '/session');

export const exports = (query, signal) => call('GET', `/exports?${new URLSearchParams(query)}`, { signal });
/** The page behind another; the way there is the api's own. */
export const nextExports = (next) => call('GET', next.slice(ROOT.length));
export const find = (id) => call('GET', `/exports/${id}`);
export const request = (body) => call('POST', '/exports', { body, headers: { 'Idempotency-Key': randomKey() } });
export const preview = (body, signal) => call('POST', '/exports/preview', { body, signal });
export const act = (id, action) => call('POST', `/exports/${id}/${action}`);
export const remove = (id) => call('DELETE', `/exports/${id}`);
export const users = (prefix, signal) => call('GET', `/users?prefix=${encodeURIComponent(prefix)}`, { signal });
export const actions = () => call('GET', '/actions');
export const notifications = () => call('GET', '/notifications');
export const seenUpTo = (id) => call('PUT', `/notifications/seen?upTo=${encodeURIComponent(id)}`);

export const archiveOf = (id) => `${ROOT}/exports/${id}/archive`;
export const manifestOf = (id) => `${ROOT}/exports/${id}/manifest`;

/** Asks before a browser follows the link, for it would leave the page to show a refusal. */
export async function isThere(path) {
  const response = await fetch(path, { method: 'HEAD' });
  if (response.status === 401) {
    onSignedOut();
  }
  return response.status;
}

/** randomUUID is for secure contexts only. */
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
