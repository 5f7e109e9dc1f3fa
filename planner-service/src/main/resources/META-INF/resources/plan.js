// One plan: why it is where it is, what can be done, its steps, its evidence, its journal.
import { html, raw, time, took, tone, symbol } from './render.js';
import { planVerbs, stepVerbs } from './verbs.js';
import { planConfiguration } from './configuration.js';

export function planView(p, entries) {
  return html`
    <div class="head"><div>
        <h1>${p.platform} ${p.from || '?'} → ${p.target}</h1>
        <p class="muted mono">${p.installation.cluster} / ${p.installation.namespace} / ${p.installation.release} · plan ${p.number}</p>
      </div>
      <span class="chip ${tone(p.status)}" id="plan-status">${p.status}</span>
      ${planVerbs(p)}
    </div>
    ${p.alert ? html`<section class="card alert" id="alert" role="alert"><strong>Somebody has to look at this</strong> <span class="chip bad">${p.alert.code}</span>
      <span class="muted">since ${time(p.alert.since)}</span><p>${p.alert.text}</p></section>` : ''}
    ${why(p)}
    ${p.refusal ? refusal(p.refusal) : ''}
    ${p.completion ? completion(p.completion) : ''}
    ${p.startedAt ? '' : warnings(p.warnings)}
    ${p.startedAt ? '' : planConfiguration(p)}
    ${steps(p, 'Taking back', s => s.undoes)}
    ${steps(p, 'Steps', s => !s.undoes)}
    ${p.completion ? facts(p.completion.running, 'Running now') : ''}
    ${p.startedAt ? warnings(p.warnings) : ''}
    ${p.startedAt ? planConfiguration(p) : ''}
    ${p.facts && Object.keys(p.facts).length ? facts(p.facts, 'Observed before') : ''}
    <h2>Journal</h2><ol class="card journal" tabindex="0" aria-label="Journal">${entries.map(e =>
      html`<li><time datetime="${e.at}">${time(e.at)}</time><span>${e.summary}</span></li>`)}</ol>`;
}

const HOLDS = { LEASE: 'being worked on', TIMER: 'waits, with a timer', GATE: 'waits for a person', ALERT: 'operators alerted' };

function why(p) {
  const w = p.why || {};
  return html`<section class="card why ${tone(p.status)}" id="why">${w.sentence || ''}
    ${w.hold ? html`<p class="muted"><span class="chip ${w.hold === 'ALERT' ? 'bad' : w.hold === 'GATE' ? 'warn' : 'run'}" id="hold">${HOLDS[w.hold] || w.hold}</span>
      ${w.since ? 'since ' + time(w.since) : ''}${w.releasedBy ? ' · goes on by ' + w.releasedBy : ''}${w.next ? ` · ${w.next}${w.nextAt ? ' at ' + time(w.nextAt) : ''}` : ''}</p>` : ''}
    ${p.adoptedBy ? html`<p class="muted">Adopted by <a href="#/plans/${p.adoptedBy}">another plan</a></p>` : ''}
    ${p.adopts ? html`<p class="muted">Has taken over from plan <span class="mono">${p.adopts}</span></p>` : ''}
    ${p.completion ? '' : risks(p.acceptedRisks)}</section>`;
}

const risks = list => list?.map(r => html`<p>⚠ Accepted by ${r.acceptedBy}: ${r.stepId}, ${r.reason}</p>`);

function steps(p, title, which) {
  const list = (p.steps || []).filter(which);
  return list.length ? html`<h2>${title}</h2><ol class="card steps">${list.map((s, i) => step(p, s, i))}</ol>` : '';
}

const BACK = {
  IRREVERSIBLE: ['no-return', 'point of no return'], RESTORABLE: ['restorable', 'only a restore point takes it back'],
};

function back(s) {
  const [look, text] = s.undoes || (s.undo && s.reversibility !== 'IRREVERSIBLE') ? [] : BACK[s.reversibility] || [];
  return look ? html` <span class="pnr ${look}">${text}</span>` : '';
}

// Which backup it relies on, or makes.
function restorePoints(p, s) {
  const waived = name => (p.waivers || []).find(w => w.restorePoint === name);
  return html`${s.restorePoint ? html`<div class="what">restore point: ${s.restorePoint}</div>` : ''}${(s.needs || []).map(n => waived(n)
    ? html`<div class="what"><span class="chip warn">without restore point ${n}</span> ${waived(n).by}: ${waived(n).reason}</div>`
    : html`<div class="what">begins only when restore point ${n} is proven</div>`)}`;
}

// How it is taken back, or what it takes back itself.
function undo(p, s) {
  if (s.undoes) return html`<div class="what">takes back: ${p.steps.find(o => o.id === s.undoes)?.title || s.undoes}</div>`;
  if (s.status === 'UNDONE' || !s.undo) return '';
  return html`<div class="what undo">${s.undo.nothing ? 'nothing to take back: ' + s.undo.nothing : 'can be taken back: ' + s.undo.title}</div>`;
}

function warnings(list) {
  return list?.length ? html`<h2>What to know</h2><ul class="card pad warnings">${list.map(w => html`<li>${w}</li>`)}</ul>` : '';
}

function step(p, s, i) {
  const last = s.attempts[s.attempts.length - 1];
  return html`<li class="step" data-step="${s.id}"><span class="dot ${tone(s.status)}">${symbol(s.status, i + 1)}</span>
    <div><div class="title">${s.title}${back(s)}</div>
      <div class="what"><code>${s.action}</code>${said(last) ? ' · ' + said(last) : ''}</div>
      ${restorePoints(p, s)}
      ${undo(p, s)}
      ${last?.fraction != null && !last.finishedAt ? html`<div class="meter"><i style="width:${Math.round(last.fraction * 100)}%"></i></div>` : ''}
      ${s.attempts.length ? html`<details id="d-${s.id}"><summary>${s.attempts.length === 1 ? '1 attempt' : s.attempts.length + ' attempts'}${last?.verdict ? ', ' + brief(last.verdict.summary) : ''}</summary>
        ${s.attempts.map(attempt)}</details>` : ''}
      ${stepVerbs(p, s)}
    </div>
    <div class="right"><span class="chip ${tone(s.status)}">${s.status}</span>
      <div class="muted">${last ? took(last.acceptedAt || last.requestedAt, last.finishedAt) : about(s.expected)}</div></div></li>`;
}

const brief = text => text.length > 120 ? text.slice(0, 119) + '…' : text;

// The API gives durations in seconds.
const about = s => !s ? '' : '≈ ' + (s < 90 ? s + ' s' : Math.round(s / 60) + ' min');

// What it came to, once it has; until then what it is about.
function said(a) {
  return a?.outcome?.summary || a?.message || '';
}

function attempt(a) {
  return html`<p class="muted" style="margin:.5rem 0 0">Attempt ${a.attempt}${a.worker ? ' by ' + a.worker : ''}, requested ${time(a.requestedAt)}${a.finishedAt ? ', took ' + took(a.requestedAt, a.finishedAt) : ''}${a.outcome ? ': ' + a.outcome.summary : ''}${a.marked ? `. Marked done by ${a.marked.by}: ${a.marked.reason}` : ''}</p>
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
    <p style="margin-top:0"><span class="chip ${tone(c.ending)}">${c.ending}</span> ${c.verdict.summary}${c.reason && !c.verdict.summary.includes(c.reason) ? ': ' + c.reason : ''} <span class="muted">· verified by ${c.verifier} at ${time(c.completedAt)}</span></p>
    ${risks(c.acceptedRisks)}
    <details id="d-evidence" ${c.verdict.result === 'passed' ? '' : raw('open')}><summary>Evidence</summary>${evidence(c.verdict.evidence)}</details>
    </section>`;
}

function facts(map, title) {
  return html`<h2>${title}</h2><section class="card pad"><dl>${Object.entries(map).map(([name, f]) =>
    html`<dt>${name}</dt><dd>${f.unknown ? html`<span class="muted">unknown: ${f.unknown}</span>`
      : html`${typeof f.value === 'object' ? html`<code>${JSON.stringify(f.value)}</code>` : html`<strong>${f.value}</strong>`} <span class="muted">${f.source || ''}</span>`}</dd>`)}</dl></section>`;
}
