// One plan: why it is where it is, what can be done, its steps, its evidence, its journal.
import { html, raw, time, took, tone, symbol } from './render.js';

const VERBS = {
  start: ['PLANNED'], pause: ['RUNNING'], resume: ['PAUSED'], retry: ['FAILED', 'PAUSED'],
  cancel: ['OBSERVING', 'PLANNED', 'RUNNING', 'PAUSED', 'VERIFYING'],
};

export function planView(p, entries) {
  return html`
    <div class="head"><div>
        <h1>${p.platform} ${p.from || '?'} → ${p.target}</h1>
        <p class="muted mono">${p.installation.cluster} / ${p.installation.namespace} / ${p.installation.release} · plan ${p.number}</p>
      </div>
      <span class="chip ${tone(p.status)}" id="plan-status">${p.status}</span>
      <div class="verbs" style="flex:0 0 auto">${Object.entries(VERBS).filter(([, s]) => s.includes(p.status)).map(([verb]) =>
        html`<button data-verb="${verb}" class="${verb === 'cancel' ? 'danger' : verb === 'start' ? 'primary' : ''}">${verb[0].toUpperCase() + verb.slice(1)}</button>`)}</div>
    </div>
    <section class="card why ${tone(p.status)}" id="why">${p.why?.sentence || ''}</section>
    ${p.refusal ? refusal(p.refusal) : ''}
    ${p.completion ? completion(p.completion) : ''}
    ${p.startedAt ? '' : warnings(p.warnings)}
    ${p.steps?.length ? html`<h2>Steps</h2><ol class="card steps">${p.steps.map(step)}</ol>` : ''}
    ${p.startedAt ? warnings(p.warnings) : ''}
    ${p.facts && Object.keys(p.facts).length ? facts(p.facts, 'Observed before') : ''}
    <h2>Journal</h2><ol class="card journal" tabindex="0" aria-label="Journal">${entries.map(e =>
      html`<li><time datetime="${e.at}">${time(e.at)}</time><span>${e.summary}</span></li>`)}</ol>`;
}

function warnings(list) {
  return list?.length ? html`<h2>What to know</h2><ul class="card pad warnings">${list.map(w => html`<li>${w}</li>`)}</ul>` : '';
}

function step(s, i) {
  const last = s.attempts[s.attempts.length - 1];
  return html`<li class="step" data-step="${s.id}"><span class="dot ${tone(s.status)}">${symbol(s.status, i + 1)}</span>
    <div><div class="title">${s.title}${s.reversibility === 'IRREVERSIBLE' ? html` <span class="pnr">point of no return</span>` : ''}</div>
      <div class="what"><code>${s.action}</code>${said(last) ? ' · ' + said(last) : ''}</div>
      ${last?.fraction != null && !last.finishedAt ? html`<div class="meter"><i style="width:${Math.round(last.fraction * 100)}%"></i></div>` : ''}
      ${s.attempts.length ? html`<details id="d-${s.id}"><summary>${s.attempts.length === 1 ? '1 attempt' : s.attempts.length + ' attempts'}${last?.verdict ? ', ' + last.verdict.summary : ''}</summary>
        ${s.attempts.map(attempt)}</details>` : ''}
    </div>
    <div class="right"><span class="chip ${tone(s.status)}">${s.status}</span>
      <div class="muted">${last ? took(last.acceptedAt || last.requestedAt, last.finishedAt) : s.expected ? '≈ ' + s.expected.replace('PT', '').toLowerCase() : ''}</div>
      ${['PENDING', 'FAILED'].includes(s.status) ? html`<button data-verb="skip" data-step="${s.id}" style="margin-top:.3rem">Skip</button>` : ''}</div></li>`;
}

// What it came to, once it has; until then what it is about.
function said(a) {
  return a?.outcome?.summary || a?.message || '';
}

function attempt(a) {
  return html`<p class="muted" style="margin:.5rem 0 0">Attempt ${a.attempt}${a.worker ? ' by ' + a.worker : ''}, requested ${time(a.requestedAt)}${a.finishedAt ? ', took ' + took(a.requestedAt, a.finishedAt) : ''}${a.outcome ? ': ' + a.outcome.summary : ''}</p>
    ${a.verdict ? evidence(a.verdict.evidence) : ''}`;
}

function evidence(list) {
  return list?.length ? html`<div class="scroll"><table><thead><tr><th>Check</th><th>Looked at</th><th>Expected</th><th>Saw</th><th></th></tr></thead><tbody>
    ${list.map(e => html`<tr><td class="mono">${e.check}</td><td>${e.subject}</td><td>${e.expected}</td><td>${e.actual}</td><td><span class="chip ${tone(e.result)}">${e.result}</span></td></tr>`)}</tbody></table></div>` : '';
}

function refusal(r) {
  return html`<h2>Refused</h2><section class="card problem"><strong>${r.title}</strong><p>${r.detail}</p>
    <dl><dt>Expected</dt><dd>${r.expected}</dd><dt>Came</dt><dd>${r.actual}</dd><dt>Instead</dt><dd>${r.remedy}</dd></dl>
    ${r.evidence?.length ? html`<details id="d-refusal"><summary>What it rests on</summary>${r.evidence.map(e => html`<div class="mono">${e}</div>`)}</details>` : ''}</section>`;
}

function completion(c) {
  return html`<h2>Completion event</h2><section class="card pad" id="completion">
    <p style="margin-top:0"><span class="chip ${tone(c.ending)}">${c.ending}</span> ${c.verdict.summary}${c.reason ? ': ' + c.reason : ''} <span class="muted">· verified by ${c.verifier} at ${time(c.completedAt)}</span></p>
    ${c.acceptedRisks?.map(r => html`<p>⚠ Accepted by ${r.acceptedBy}: ${r.stepId}, ${r.reason}</p>`)}
    <details id="d-evidence" ${c.ending === 'SUCCEEDED' ? '' : raw('open')}><summary>Evidence</summary>${evidence(c.verdict.evidence)}</details>
    </section>${facts(c.running, 'Running now')}`;
}

function facts(map, title) {
  return html`<h2>${title}</h2><section class="card pad"><dl>${Object.entries(map).map(([name, f]) =>
    html`<dt>${name}</dt><dd>${f.unknown ? html`<span class="muted">unknown: ${f.unknown}</span>`
      : html`<strong>${typeof f.value === 'object' ? JSON.stringify(f.value) : f.value}</strong> <span class="muted">${f.source || ''}</span>`}</dd>`)}</dl></section>`;
}

const TEXTS = {
  cancel: ['Cancel this plan?', 'A step under way is stopped at its next write. What was done stays done; the verifier then says what is running. If it is the verdict that is waited for, it is given up: then nobody says what is running.'],
  skip: ['Skip this step?', 'It is recorded as an accepted risk, with your reason, and shown in the completion event.'],
  retry: ['Try the failed step again?', 'It gets a new attempt; steps that passed are not repeated.'],
};

export function onVerb(view, act) {
  view.querySelectorAll('button[data-verb]').forEach(button => {
    button.onclick = async () => {
      const { verb, step } = button.dataset;
      if (!TEXTS[verb]) return act(verb, {});
      const ask = document.getElementById('ask');
      document.getElementById('ask-title').textContent = TEXTS[verb][0];
      document.getElementById('ask-text').textContent = TEXTS[verb][1];
      document.getElementById('ask-reason').required = verb === 'skip';
      ask.onclose = () => {
        if (ask.returnValue !== 'yes') return;
        const reason = document.getElementById('ask-reason').value.trim();
        act(verb, { ...(reason ? { reason } : {}), ...(step ? { step } : {}) });
      };
      document.getElementById('ask-reason').value = '';
      ask.returnValue = '';
      ask.showModal();
    };
  });
}
