// What a person can do to a plan from where it stands, and the dialog that says beforehand what it means.
import { api } from './api.js';
import { html, raw } from './render.js';

const OPEN = ['PLANNED', 'RUNNING', 'PAUSED', 'FAILED', 'ROLLING_BACK'];
const IDLE = ['PENDING', 'RETRYING', 'FAILED'];
const touched = p => (p.steps || []).some(s => s.attempts.length && !s.undoes);

// The step under way or next in turn, as the planner sees it.
export const current = p => (p.steps || []).find(s => !!s.undoes === !!p.rollback && !['PASSED', 'SKIPPED'].includes(s.status));
const stands = p => p.status === 'FAILED' || (p.status === 'PAUSED' && ['FAILED', 'RETRYING'].includes(current(p)?.status));

const PLAN_VERBS = [
  ['start', 'Start', 'primary', p => p.status === 'PLANNED'],
  ['resume', 'Resume', 'primary', p => p.status === 'PAUSED' && !stands(p)],
  ['retry', 'Retry', 'primary', p => stands(p)],
  ['pause', 'Pause', '', p => ['RUNNING', 'ROLLING_BACK'].includes(p.status)],
  ['rollback', 'Roll back', '', p => touched(p) && (p.rollback ? ['PAUSED', 'FAILED'].includes(p.status)
    : ['RUNNING', 'PAUSED', 'VERIFYING', 'FAILED', 'SUCCEEDED', 'CANCELLED', 'ABANDONED'].includes(p.status))],
  ['cancel', 'Cancel', 'danger', p => ['OBSERVING', 'PLANNED', 'RUNNING', 'PAUSED', 'ROLLING_BACK'].includes(p.status)],
  ['abandon', 'Abandon', 'danger', p => !p.finishedAt],
];

export function planVerbs(p) {
  return html`<div class="verbs">${PLAN_VERBS.filter(([, , , fits]) => fits(p)).map(([verb, name, look]) =>
    html`<button data-verb="${verb}" class="${look}">${name}</button>`)}</div>`;
}

export function stepVerbs(p, s) {
  const idle = IDLE.includes(s.status) && OPEN.includes(p.status) && !!s.undoes === !!p.rollback;
  const here = current(p)?.id === s.id && (['PAUSED', 'FAILED'].includes(p.status) || s.status === 'RETRYING');
  const again = ['PAUSED', 'FAILED'].includes(p.status) && !p.rollback && s.attempts.length && !passedForGood(p, s);
  const verbs = [
    idle && here && ['mark-done', 'Mark done'], again && ['from', 'Retry from here'], idle && ['skip', 'Skip'],
  ].filter(Boolean);
  return verbs.length ? html`<div class="verbs small">${verbs.map(([verb, name]) =>
    html`<button data-verb="${verb}" data-step="${s.id}" aria-label="${name}: ${s.title}">${name}</button>`)}</div>` : '';
}

function passedForGood(p, from) {
  return p.steps.slice(p.steps.indexOf(from)).some(s => s.reversibility === 'IRREVERSIBLE' && s.status === 'PASSED');
}

// title, what it means, whether a reason is required
const TEXTS = {
  cancel: ['Cancel this plan?', 'A step under way is stopped at its next write. What was done stays done; the verifier then says what is running.'],
  abandon: ['Abandon this plan?', 'It ends at once, without waiting for anybody, and lets go of the installation. Whoever works on it is fenced off. What was done stays done, and is verified when somebody can look.', true],
  retry: ['Try again?', 'The step that failed gets a new attempt; steps that passed are not repeated.'],
  from: ['Do the steps from this one again?', 'This step and all after it are done once more, in order.'],
  skip: ['Skip this step?', 'It is recorded as an accepted risk, with your reason, and shown in the completion event.', true],
  'mark-done': ['Was this step done by hand?', 'Nothing is changed; the step’s checks must see that it is so. Who says it, and why, is kept in the journal.', true],
  rollback: ['Roll this plan back?', ''],
};
const ask = id => document.getElementById('ask' + (id ? '-' + id : ''));

export function onVerb(view, plan, act) {
  view.querySelectorAll('button[data-verb]').forEach(button => {
    const { verb, step } = button.dataset;
    button.onclick = () => TEXTS[verb] ? confirm(verb, step, plan, act) : act(verb, {});
  });
}

function confirm(verb, step, plan, act) {
  const [title, text, reason] = TEXTS[verb];
  ask('title').textContent = title;
  ask('text').textContent = (step ? plan.steps.find(s => s.id === step).title + '. ' : '') + text;
  ask('text').hidden = !ask('text').textContent;
  ask('more').innerHTML = '';
  ask('yes').disabled = false;
  require(reason);
  ask('reason').value = '';
  ask().returnValue = '';
  ask().onclose = () => {
    if (ask().returnValue === 'yes') act(...request(verb, step));
  };
  if (verb === 'cancel' && touched(plan) && !plan.rollback) offerUndo(plan);
  if (verb === 'rollback') preview(plan, []);
  ask().showModal();
}

function require(reason) {
  ask('reason').required = !!reason;
  ask('reason-label').textContent = reason ? 'Reason (required)' : 'Reason';
}

function request(verb, step) {
  const reason = ask('reason').value.trim();
  const body = reason ? { reason } : {};
  if (verb === 'from') return ['retry', { ...body, from: step }];
  if (verb === 'rollback') return [verb, kept().length ? { ...body, keep: kept() } : body];
  if (verb === 'cancel' && ask('undo')?.checked) return [verb, { ...body, undo: true }];
  return [verb, step ? { ...body, step } : body];
}

const kept = () => [...ask('more').querySelectorAll('[name=keep]:checked')].map(box => box.value);

function offerUndo(plan) {
  ask('more').innerHTML = html`<label class="check"><input type="checkbox" id="ask-undo"><span>Take back what was done</span></label><div id="ask-plan"></div>`;
  ask('undo').onchange = async () => {
    const r = ask('undo').checked ? await api(`plans/${plan.id}/rollback`) : null;
    ask('plan').innerHTML = r ? undoing(r, plan) : '';
    ask('yes').disabled = !!r && !r.possible;
  };
}

// What it would do, or why it cannot, before anybody says yes.
async function preview(plan, keep) {
  ask('yes').disabled = true;
  try {
    const r = await api(`plans/${plan.id}/rollback` + (keep.length ? '?keep=' + keep.map(encodeURIComponent) : ''));
    const open = plan.rollback ? [] : plan.steps.filter(s => s.reversibility === 'RESTORABLE' && !s.undo && s.attempts.length && !s.undoes);
    ask('more').innerHTML = html`${open.map(s => html`<label class="check"><input type="checkbox" name="keep" value="${s.id}" ${keep.includes(s.id) ? raw('checked') : ''}>
      <span>Keep <strong>${s.title}</strong> as it is: only a restore point could take it back</span></label>`)}${undoing(r, plan)}`;
    ask('yes').disabled = !r.possible;
    ask('more').querySelectorAll('[name=keep]').forEach(box => { box.onchange = () => preview(plan, kept()); });
    require(keep.length);
  } catch (problem) {
    ask('more').innerHTML = html`<p class="pnr">${problem.detail || problem.message}</p>`;
  }
}

function undoing(r, plan) {
  const name = id => plan.steps.find(s => s.id === id)?.title || id;
  if (!r.possible) {
    return html`<div class="stop"><strong>It cannot be rolled back.</strong> ${name(r.blocked.step)} (<code>${r.blocked.step}</code>): ${r.blocked.because}.
      <p>Instead: ${r.blocked.instead}.</p></div>`;
  }
  return html`${r.steps.length ? html`<p>These steps run, in this order, each with a verdict of its own:</p>
    <ol class="undoing">${r.steps.map(s => html`<li>${s.title} <span class="muted">takes back: ${name(s.undoes)}</span></li>`)}</ol>`
    : html`<p>There is nothing to take back; the installation is only looked at.</p>`}
    ${r.nothing.map(n => html`<p class="muted">${name(n.step)}: ${n.because}.</p>`)}`;
}
