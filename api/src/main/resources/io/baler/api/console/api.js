/** The public api, by the session's cookie. */
const ROOT = '/api/v1';

let csrfToken = '';
let name = '';
let onSignedOut = () => {};

/** What the api has refused; code and fields are for the page, detail is for people. */
export class Refused extends Error {
  constructor(status, problem, retryAfter = null) {
    super(problem.detail ?? problem.title ?? String(status));
    this.status = status;
    this.problem = problem;
    this.code = problem.code ?? 'unreachable';
    this.fields = problem.errors ?? [];
    /** Seconds; 0 = the api does not say. */
    this.retryAfter = Number(retryAfter) || 0;
  }
}

export function whenSignedOut(listener) {
  onSignedOut = listener;
}

async function call(method, path, options = {}) {
  const response = await sent(method, path, options);
  if (response.status === 204) {
    return null;
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) {
    return answer;
  }
  if (response.status === 401 && path !== '/session') {
    onSignedOut();
  }
  if (answer.code === 'csrf-token-required' && !options.again && (await isStillTheSame())) {
    return call(method, path, { ...options, again: true });
  }
  throw new Refused(response.status, answer, response.headers.get('Retry-After'));
}

async function sent(method, path, { body, headers = {}, signal }) {
  try {
    return await fetch(ROOT + path, {
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
}

/** Another tab that has signed in anew has replaced the cookie of this one; nothing is done as somebody else, though. */
export async function isStillTheSame() {
  const before = name;
  const now = await session();
  if (now.name !== before) {
    location.reload();
  }
  return now.name === before;
}

function known(session) {
  csrfToken = session.csrfToken ?? '';
  name = session.name;
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
export const seen = (id) => call('PUT', `/notifications/${encodeURIComponent(id)}/seen`);
export const seenUpTo = (id) => call('PUT', `/notifications/seen?upTo=${encodeURIComponent(id)}`);

export const archiveOf = (id) => `${ROOT}/exports/${id}/archive`;

/** Whether an archive can be had, as a status; 0 = nobody answers. */
export async function statusOfArchive(id) {
  const status = await fetch(archiveOf(id), { method: 'HEAD' }).then((response) => response.status, () => 0);
  if (status === 401) {
    onSignedOut();
  }
  return status;
}

/** randomUUID is for secure contexts only. */
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
