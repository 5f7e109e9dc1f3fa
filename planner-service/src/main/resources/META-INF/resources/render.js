// Templates whose every value is escaped, unless it is itself such a template.
class Html { constructor(text) { this.text = text; } toString() { return this.text; } }

const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const show = v => v == null || v === false ? '' : Array.isArray(v) ? v.map(show).join('')
  : v instanceof Html ? v.text : String(v).replace(/[&<>"']/g, c => escapes[c]);

export const html = (parts, ...values) => new Html(parts.reduce((all, part, i) => all + show(values[i - 1]) + part));
export const raw = text => new Html(text);

export const time = iso => iso ? new Date(iso).toLocaleTimeString([], { hour12: false }) : '';

export function when(iso) {
  if (!iso) return '';
  const s = Math.round((Date.now() - new Date(iso)) / 1000);
  if (s < 2) return 'just now';
  if (s < 90) return s + ' s ago';
  if (s < 5400) return Math.round(s / 60) + ' min ago';
  if (s < 129600) return Math.round(s / 3600) + ' h ago';
  return new Date(iso).toLocaleDateString();
}

export function took(from, to) {
  if (!from) return '';
  const ms = (to ? new Date(to) : new Date()) - new Date(from);
  return ms < 1000 ? ms + ' ms' : ms < 90000 ? (ms / 1000).toFixed(1) + ' s' : Math.round(ms / 60000) + ' min';
}

const TONES = {
  SUCCEEDED: 'ok', PASSED: 'ok', FAILED: 'bad', REFUSED: 'bad', CANCELLED: 'warn', ROLLED_BACK: 'warn', SKIPPED: 'warn', ABANDONED: 'warn', UNDONE: 'warn',
  PAUSED: 'warn', PLANNED: 'warn', STOPPING: 'warn', RETRYING: 'warn', RUNNING: 'run', VERIFYING: 'run', OBSERVING: 'run', REQUESTED: 'run', ROLLING_BACK: 'run',
};
export const tone = status => TONES[status] || '';

const SYMBOLS = { PASSED: '✓', FAILED: '✕', SKIPPED: '»', CANCELLED: '■', RETRYING: '↻', STOPPING: '■', UNDONE: '↩' };
export const symbol = (status, n) => SYMBOLS[status] || n;
