// What becomes of a configuration file: old, new, and what has to be entered again by hand.
import { api } from './api.js';
import { html, raw } from './render.js';

const WHERE = { 'web-ui': "in the platform's web UI", 'by-hand': 'by hand', elsewhere: 'elsewhere', nowhere: 'not needed any more' };

// On one edge of a plan, or as the answer to the form.
export function migrationView(m, key) {
  const lines = m.report?.leaves || [];
  const again = lines.filter(l => l.kind === 'removed' && l.where && l.where !== 'nowhere' && !EMPTY.includes(l.was));
  const changed = lines.filter(l => l.kind !== 'kept' || l.say?.length);
  return html`${problems(m.problems)}
    ${again.length ? html`<h3>To enter again</h3><ul class="again">${together(again).map(g =>
      html`<li><span class="chip warn">${WHERE[g[0].where] || g[0].where}</span> ${(g[0].say || []).join(' ')}
        <ul>${g.map(l => html`<li><code>${l.path}</code> = <code>${l.was}</code></li>`)}</ul></li>`)}</ul>` : ''}
    <div class="sides"><div><h3>Old</h3><pre tabindex="0" aria-label="Old configuration">${m.before}</pre></div>
      <div><h3>New</h3><pre tabindex="0" aria-label="New configuration">${m.after}</pre></div></div>
    <details id="d-report-${key}"><summary>${changed.length === 1 ? '1 value changes' : changed.length + ' values change'}, ${lines.length - changed.length} stay as they are</summary>
      <div class="scroll"><table class="lines"><thead><tr><th>What</th><th>Key</th><th>From now on</th><th>Why</th></tr></thead><tbody>${changed.map(l => html`<tr>
        <td><span class="chip ${tone(l)}">${l.kind}</span></td><td class="mono">${l.path || ''}</td>
        <td class="mono">${l.now && l.now !== l.path ? l.now : ''}${l.value ? ' = ' + l.value : ''}${l.where ? WHERE[l.where] || l.where : ''}</td><td>${(l.say || []).join(' ')}</td></tr>`)}</tbody></table></div></details>
    ${(m.report?.notes || []).map(n => html`<p class="muted">${n}</p>`)}`;
}

export function planConfiguration(p) {
  return p.configuration?.length ? html`<h2>Configuration</h2>${p.configuration.map((m, i) => html`<section class="card pad migration">
    <details id="d-config-${i}" ${p.startedAt ? '' : raw('open')}><summary>Values ${m.from} → ${m.to}</summary>${migrationView(m, i)}</details></section>`)}` : '';
}

// What nobody has to enter.
const EMPTY = ['null', '{}', '[]', '""'];

// Lines one behind the other about which the same is said.
function together(lines) {
  const same = (a, b) => a.where === b.where && (a.say || []).join() === (b.say || []).join();
  return lines.reduce((groups, l) => {
    const last = groups[groups.length - 1];
    if (last && same(last[0], l)) last.push(l); else groups.push([l]);
    return groups;
  }, []);
}

const tone = l => l.kind === 'conflict' ? 'bad' : l.kind === 'removed' || l.kind === 'unknown-kept' ? 'warn' : 'run';

function problems(list) {
  const errorsFirst = [...(list || [])].sort((a, b) => (b.level === 'error') - (a.level === 'error'));
  return list?.length ? html`<ul class="problems">${errorsFirst.map(p => html`<li class="${p.level === 'error' ? 'bad' : ''}">
    <span class="chip ${p.level === 'error' ? 'bad' : 'warn'}">${p.code}</span> ${p.path ? html`<code>${p.path}</code> ` : ''}${p.say} <span class="muted">${p.remedy || ''}</span></li>`)}</ul>` : '';
}

// A file alone, without a plan.
export async function configurationPage(view, problemCard) {
  const { platforms } = await api('platforms');
  view.innerHTML = html`<h1>Configuration</h1>
    <p class="muted">Moves a configuration file from one version to another, and says line by line what it did. Nothing is stored.</p>
    <form id="migrate" class="card pad wide">
      <div class="pair"><label>Platform<select name="platform">${platforms.map(p => html`<option value="${p.name}">${p.title || p.name}</option>`)}</select></label>
        <label>File<select name="document"><option value="values">Helm values, deployment config</option><option value="polyaxonfile">Polyaxonfile</option></select></label></div>
      <div class="pair"><label>From<input name="from" required placeholder="0.4.4"></label><label>To<input name="to" required placeholder="0.5.6"></label></div>
      <label>The file as it is (YAML)<textarea name="config" required spellcheck="false" rows="12"></textarea></label>
      <div><button class="primary">Show what becomes of it</button></div>
    </form><div id="migrated" role="status"></div>`;
  document.getElementById('migrate').onsubmit = async e => {
    e.preventDefault();
    const f = Object.fromEntries(new FormData(e.target));
    const box = document.getElementById('migrated');
    try {
      const a = await api(`platforms/${f.platform}/config-migrations`, { from: f.from, to: f.to, config: f.config, document: f.document });
      box.innerHTML = html`<h2>${f.from} → ${f.to}</h2><section class="card pad migration">${migrationView({ ...a, before: f.config, after: a.config }, 'alone')}</section>`;
    } catch (problem) { box.innerHTML = problemCard(problem); }
    box.scrollIntoView();
  };
}
