// Talks to the public API, and to nothing else.
const base = 'api/v1/';

// With a body: POST. A problem document is thrown as it is.
export async function api(path, body) {
  const response = await fetch(base + path, {
    headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...key() },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => ({ title: 'No answer that could be read', detail: 'HTTP ' + response.status }));
  if (response.status === 401 && askKey()) return api(path, body);
  if (!response.ok) throw answer;
  return answer;
}

function key() {
  const value = sessionStorage.getItem('key');
  return value ? { Authorization: 'Bearer ' + value } : {};
}

function askKey() {
  const value = prompt('This planner asks for its API key');
  if (value) sessionStorage.setItem('key', value);
  return Boolean(value);
}

// Follows server-sent events by fetch (EventSource cannot send a key); comes back after a break and misses nothing.
export function follow(path, onEvent, onState) {
  const stop = new AbortController();
  let last = null;
  (async () => {
    while (!stop.signal.aborted) {
      try {
        const response = await fetch(base + path, {
          signal: stop.signal,
          headers: { Accept: 'text/event-stream', ...key(), ...(last ? { 'Last-Event-ID': last } : {}) },
        });
        if (!response.ok) throw new Error('HTTP ' + response.status);
        onState(true);
        let text = '';
        for (const reader = response.body.pipeThrough(new TextDecoderStream()).getReader(); ;) {
          const { value, done } = await reader.read();
          if (done) break;
          text += value;
          const events = text.split('\n\n');
          text = events.pop();
          for (const event of events) {
            const fields = Object.fromEntries(event.split('\n').map(l => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 1).trim()]));
            if (fields.id) last = fields.id;
            if (fields.data) onEvent(JSON.parse(fields.data));
          }
        }
      } catch (e) {
        if (stop.signal.aborted) return;
      }
      onState(false);
      await new Promise(r => setTimeout(r, 1000));
    }
  })();
  return () => stop.abort();
}
