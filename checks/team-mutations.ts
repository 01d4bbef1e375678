// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts are code
import type { Mutation } from './security-mutations.ts'

/** A rule in the database turned off; its model must notice. */
const rule = (name: string, find: string, replace: string): Mutation => ({
  name: `team: ${name}`,
  file: 'resources/team-gate.sql',
  edits: [[find, replace]],
  by: { unit: ['src/main/gate/team/rules.test.ts'] },
})

/** A change of the desk's own part. */
const desk = (name: string, file: string, find: string, replace: string, test: string): Mutation => ({
  name: `team: ${name}`,
  file: `src/main/${file}.ts`,
  edits: [[find, replace]],
  by: { unit: [`src/main/${test}.test.ts`] },
})

const gate = 'gate/team/team-gate'
const engine = 'gate/team/engine'
const fence = 'carrier/client.fence'

/** Changes of the team's gate that some test must notice. */
export const teamMutations: readonly Mutation[] = [
  rule('no cool-down after an expiry', '      g.last_end := greatest(g.last_end, g.expires_at);\n', ''),
  rule('no order', 'AND guests = 0 AND ahead = 0 AND', 'AND guests = 0 AND'),
  rule('a stale head', 'p.no < mine.no AND p.seen_at > td.later(now, -r.stale_ms)', 'p.no < mine.no'),
  rule(
    'a late end frees',
    'IF g.turn IS NULL OR g.turn IS DISTINCT FROM p_turn THEN\n    -- What the carrier said',
    'IF g.turn IS NULL THEN\n    -- What the carrier said',
  ),
  rule(
    'kept for ever',
    'ELSE least(td.later(now, r.lease_ms), td.later(g.query_at, r.max_hold_ms)) END',
    'ELSE td.later(now, r.lease_ms) END',
  ),
  rule(
    'a plain = lets a refused key pass',
    'refused.trial_desk IS DISTINCT FROM p_desk THEN',
    'refused.trial_desk <> p_desk THEN',
  ),
  rule(
    'a lease longer by the clock’s jump',
    '  IF g.expires_at > td.later(now, r.lease_ms) THEN g.expires_at := td.later(now, r.lease_ms); END IF;\n',
    '',
  ),
  rule(
    'no settling after a restart',
    'IF g.engine IS DISTINCT FROM engine\n    OR g.called_at',
    'IF g.called_at',
  ),
  rule(
    'no settling after a desk was alone',
    '    -- Until every desk that was alone has said so.\n    g.settle_until := td.later(now, r.settle_ms);\n',
    '    NULL;\n',
  ),
  rule('guests are passed over', 'AND guests = 0 AND', 'AND'),
  rule('a silent guest costs no cool-down', '    g.last_end := greatest(g.last_end, heard);\n', ''),
  rule(
    'what was not sent costs the same',
    "IF p_outcome = 'unsent' AND NOT g.query_ended THEN",
    'IF false THEN',
  ),
  rule(
    'a second query at once',
    '  IF opens > now THEN\n    PERFORM td.put(g);',
    '  IF false THEN\n    PERFORM td.put(g);',
  ),
  rule('one more than the budget', 'OFFSET most - 1 LIMIT 1', 'OFFSET most LIMIT 1'),
  rule('trials without a pause', "IF refused.at + interval '1 minute' > now THEN", 'IF false THEN'),
  rule(
    'another turn for the same ask',
    'AND g.desk IS NOT DISTINCT FROM p_desk THEN\n    -- The answer was lost',
    'AND false THEN\n    -- The answer was lost',
  ),
  {
    ...rule(
      'a rate limit that ends at the next one',
      'g.limited_until := greatest(\n      g.limited_until, td.later(',
      'g.limited_until := greatest(\n      NULL, td.later(',
    ),
    by: { unit: [`src/main/${gate}.test.ts`] },
  },
  desk('a fence that is open', 'carrier/fence', 'if (!holds())', 'if (false)', fence),
  desk('closed in the place of a reset', 'carrier/route', 'raw?.resetAndDestroy()', 'raw?.destroy()', fence),
  desk('a lease by one clock', 'gate/team/lease', ', clock.now() - wall)', ')', gate),
  desk('any certificate', engine, 'rejectUnauthorized: true', 'rejectUnauthorized: false', engine),
  desk(
    'a wrong password is a server that is away',
    engine,
    "if (code.startsWith('28')) return { kind: 'refused', reason: 'login' }",
    "if (code.startsWith('28')) return { kind: 'away', why: 'ended' }",
    engine,
  ),
  desk(
    'a late answer is the next one’s',
    engine,
    "!(result.failure.kind === 'refused' && result.failure.reason === 'carrier')) drop()",
    'false) drop()',
    engine,
  ),
  desk(
    'two lookups in one slot',
    'gate/team/slots',
    'after !== null && begins <= after',
    'false',
    'gate/team/slots',
  ),
  desk('what is in flight goes on without its turn', 'gate/queue', '      abort.abort(failure)\n', '', gate),
  desk(
    'an ask that is given up keeps its place',
    'gate/team/team-turns',
    "if (asked.wasSent) void seat.desk.call('drop_ask', name.id(), asked.id)",
    'asked.wasSent = false',
    gate,
  ),
]
