import * as api from './api.js';
import { say } from './dom.js';
import { t } from './i18n.js';

const NOT_ANY_MORE = [404, 409, 410];

/**
 * Leads the browser to an archive. It is asked for first, since a browser would leave the page to show a refusal.
 * Tells whether it is gone for good: it has expired, or was deleted while the page was open.
 */
export async function download(id) {
  const status = await api.statusOfArchive(id);
  if (status === 200) {
    location.assign(api.archiveOf(id));
  } else if (status !== 401) {
    say(t(NOT_ANY_MORE.includes(status) ? 'gone' : status === 0 ? 'problem.unreachable' : 'problem.download'), 'bad');
  }
  return NOT_ANY_MORE.includes(status);
}
