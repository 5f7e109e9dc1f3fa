// The console: renders what the API says, and says to the API what a person wants. It holds no state of its own.
import { api, follow } from './api.js';
import { html, raw, when, tone } from './render.js';
import { planView } from './plan.js';
import { onVerb } from './verbs.js';
import { configurationPage } from './configuration.js';

const view = document.getElementById('view');
const live = document.getElementById('live');
let close = () => {};
let refresh = null;

const routes = [
  [/^#?\/?$/, plans],
  [/^#\/plans\/([\w-]+)$/, plan],
  [/^#\/clusters$/, clusters],
  [/^#\/platforms$/, platforms],
  [/^#\/configuration$/, () => configurationPage(view, problemCard)],
  [/^#\/new$/, newPlan],
];

async function route() {
  close();
  close = () => {};
  refresh = null;
  const hash = location.hash || '#/';
  for (const [pattern, page] of routes) {
    const match = hash.match(pattern);
    if (match) {
      mark(hash);
      try {
        await page(...match.slice(1));
      } catch (problem) {
        view.innerHTML = problemCard(problem);
      }
      return;
    }
  }
  view.innerHTML = html`<p class="empty">There is no such page.</p>`;
}

function mark(hash) {
  const name = hash.split('/')[1] || 'plans';
  document.querySelectorAll('[data-nav]').forEach(a =>
    a.dataset.nav === name ? a.setAttribute('aria-current', 'page') : a.removeAttribute('aria-current'));
}

export function problemCard(p) {
  return html`<section class="card problem"><strong>${p.title || 'Something went wrong'}</strong>
    <p>${p.detail || p.message || ''}</p><p class="muted">${p.remedy || ''}</p></section>`;
}

function toast(problem) {
  const box = document.getElementById('toast');
  box.textContent = [problem.detail || problem.message, problem.remedy].filter(Boolean).join(' ');
  box.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { box.hidden = true; }, 8000);
}

async function plans() {
  const filter = sessionStorage.getItem('status') || '';
  const draw = async () => {
    const page = await api('plans?limit=100' + (filter ? '&status=' + filter : ''));
    view.innerHTML = html`
      <div class="head"><div><h1>Plans</h1></div>
        <label><span hidden>Status</span><select id="status" aria-label="Show">
          ${[['', 'All plans'], ['OBSERVING,PLANNED,RUNNING,PAUSED,VERIFYING,ROLLING_BACK', 'Under way'],
            ['SUCCEEDED', 'Succeeded'], ['FAILED,REFUSED,CANCELLED,ROLLED_BACK,ABANDONED', 'Failed, refused, given up']]
            .map(([v, t]) => html`<option value="${v}" ${v === filter ? raw('selected') : ''}>${t}</option>`)}
        </select></label></div>
      ${page.plans.length ? html`<ul class="card list" style="margin-top:1rem">${page.plans.map(planRow)}</ul>`
        : html`<p class="empty">No plans ${filter ? 'of this kind' : 'yet'}. <a href="#/new">Submit one</a>.</p>`}`;
    document.getElementById('status').onchange = e => { sessionStorage.setItem('status', e.target.value); route(); };
  };
  await draw();
  refresh = draw;
}

function planRow(p) {
  const done = p.steps ? Math.round(100 * p.stepsDone / p.steps) : 0;
  return html`<li><a class="row" href="#/plans/${p.id}">
    <span class="chip ${tone(p.status)}">${p.status}</span>
    <span><strong>${p.platform}</strong> ${p.from || '?'} → ${p.target}</span>
    <span class="where mono">${p.installation.cluster} / ${p.installation.namespace} / ${p.installation.release}</span>
    <span class="right muted">${p.steps ? html`${p.stepsDone} of ${p.steps}<div class="meter"><i style="width:${done}%"></i></div>` : when(p.createdAt)}</span>
  </a></li>`;
}

async function plan(id) {
  const entries = [];
  let busy = false, again = false;
  const draw = async () => {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const open = new Set([...view.querySelectorAll('details[open]')].map(d => d.id));
      const scroll = view.querySelector('.journal')?.scrollTop;
      const now = await api('plans/' + id);
      view.innerHTML = planView(now, entries);
      open.forEach(key => document.getElementById(key)?.setAttribute('open', ''));
      const journal = view.querySelector('.journal');
      if (journal && scroll) journal.scrollTop = scroll;
      onVerb(view, now, async (verb, body) => {
        try { await api(`plans/${id}/${verb}`, body); } catch (problem) { toast(problem); }
        await draw();
      });
    } finally {
      busy = false;
      if (again) { again = false; await draw(); }
    }
  };
  await draw();
  close = follow(`plans/${id}/events`, entry => { entries.unshift(entry); draw(); }, state);
}

async function clusters() {
  const draw = async () => {
    const { clusters } = await api('clusters');
    view.innerHTML = html`<h1>Clusters</h1>
      ${clusters.length ? '' : html`<p class="empty">No executor or verifier has been seen yet.</p>`}
      <div class="grid" style="margin-top:1rem">${clusters.map(c => html`<section class="card pad">
        <strong>${c.name}</strong>
        ${[['Executors', c.executors], ['Verifiers', c.verifiers]].map(([name, list]) => html`<h2>${name}</h2>
          ${list.length ? list.map(w => html`<div style="margin-bottom:.5rem">
            <span class="chip ${w.problem ? 'bad' : w.alive ? 'ok' : ''}">${w.problem ? 'cannot reach it' : w.alive ? 'alive' : 'gone'}</span>
            <span class="mono">${w.worker}</span>
            <div class="muted">${w.problem || (w.kubernetes ? 'Kubernetes ' + w.kubernetes : '')} · heard ${when(w.lastHeartbeat)}</div>
          </div>`) : html`<p class="muted">none</p>`}`)}
      </section>`)}</div>`;
  };
  await draw();
  const timer = setInterval(() => draw().catch(toast), 5000);
  close = () => clearInterval(timer);
}

async function platforms() {
  const { platforms } = await api('platforms');
  view.innerHTML = html`<h1>Platforms</h1><div class="grid" style="margin-top:1rem">
    ${platforms.map(p => html`<section class="card pad"><strong>${p.title || p.name}</strong> <code class="muted">${p.name}</code>
      <p class="muted">${p.description || ''}</p>
      <form class="path" data-platform="${p.name}"><div class="pair">
        <label>From<input name="from" required placeholder="1.10.1"></label><label>To<input name="to" required placeholder="1.20.0"></label>
      </div><button>Show the path</button><div class="answer" role="status"></div></form></section>`)}</div>`;
  view.querySelectorAll('form.path').forEach(form => {
    form.onsubmit = async e => {
      e.preventDefault();
      const q = new URLSearchParams(new FormData(form));
      const box = form.querySelector('.answer');
      try {
        box.innerHTML = pathAnswer(await api(`platforms/${form.dataset.platform}/path?${q}`));
      } catch (problem) { box.innerHTML = problemCard(problem); }
    };
  });
}

function pathAnswer(a) {
  if (!a.possible) {
    return html`<p><span class="chip bad">no way</span> ${a.refusal.detail}</p><p class="muted">${a.refusal.remedy}</p>`;
  }
  return html`<p><span class="chip ok">${a.versions.join(' → ')}</span></p>${a.edges.map(e => html`
    <ol class="muted">${e.steps.map(s => html`<li>${s.title}</li>`)}</ol>
    ${e.conditions.length ? html`<details><summary>${e.conditions.length} conditions, judged on the live installation</summary>
      ${e.conditions.map(c => html`<p class="muted"><code>${c.is}</code><br>Otherwise: ${c.otherwise}</p>`)}</details>` : ''}`)}`;
}

async function newPlan() {
  const [{ platforms }, { clusters }] = await Promise.all([api('platforms'), api('clusters')]);
  view.innerHTML = html`<h1>New plan</h1>
    <p class="muted">Nothing is changed yet: first the verifier looks at the installation, then you see the steps.</p>
    <form id="submit" class="card pad">
      <label>Platform<select name="platform">${platforms.map(p => html`<option value="${p.name}">${p.title || p.name}</option>`)}</select></label>
      <div class="pair"><label>Cluster<select name="cluster">${clusters.map(c => html`<option>${c.name}</option>`)}</select></label>
        <label>Namespace<input name="namespace" required></label></div>
      <div class="pair"><label>Release<input name="release" required></label>
        <label>Target version<input name="target" required placeholder="1.20.0"></label></div>
      <label>Parameters (JSON)<textarea name="parameters" spellcheck="false">{}</textarea></label>
      <label>Start<select name="start"><option value="manual">when I have read the plan</option><option value="automatic">at once</option></select></label>
      <div><button class="primary">Submit</button></div><div id="answer" role="status"></div>
    </form>`;
  document.getElementById('submit').onsubmit = async e => {
    e.preventDefault();
    const f = Object.fromEntries(new FormData(e.target));
    try {
      const { id } = await api('plans', {
        platform: f.platform, target: f.target, start: f.start, parameters: JSON.parse(f.parameters || '{}'),
        installation: { cluster: f.cluster, namespace: f.namespace, release: f.release },
      });
      location.hash = '#/plans/' + id;
    } catch (problem) {
      document.getElementById('answer').innerHTML = problemCard(problem);
    }
  };
}

function state(on) {
  live.textContent = on ? 'live' : 'reconnecting';
  live.className = 'live ' + (on ? 'on' : 'off');
}

// One stream for the pages that show many plans; drawn at most every 300 ms.
let pending = null;
follow('events', () => {
  if (refresh && !pending) {
    pending = setTimeout(() => { pending = null; refresh?.().catch(toast); }, 300);
  }
}, state);

addEventListener('hashchange', () => { route(); view.focus(); });
route();
