import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { isLoopback } from '../src/main/profiles/team-access.ts'
import { root } from './run.ts'
import { readTeamSetup, type TeamSetup } from './team-setup-options.ts'

/** `npm run team:setup`: puts the team's gate into an operator's PostgreSQL; what psql does with the same file. */

async function setUp({ url, ca, carriers, desks }: TeamSetup): Promise<readonly string[]> {
  const at = new URL(url)
  const client = new pg.Client({
    host: at.hostname.replace(/^\[|\]$/g, ''),
    port: Number(at.port || 5432),
    database: decodeURIComponent(at.pathname.slice(1)),
    user: decodeURIComponent(at.username),
    password: decodeURIComponent(at.password) || (process.env['TEAM_ADMIN_PASSWORD'] ?? ''),
    // In full: what is left out is looked for in the environment. Only this computer itself is trusted without TLS.
    ssl: isLoopback(at.hostname)
      ? false
      : {
          rejectUnauthorized: true,
          minVersion: 'TLSv1.2',
          ...(ca !== null && { ca: readFileSync(ca, 'utf8') }),
        },
    connectionTimeoutMillis: 10_000,
  })
  await client.connect()
  try {
    await client.query(readFileSync(join(root, 'resources/team-gate.sql'), 'utf8'))
    const told = [`the team's gate is in ${at.pathname.slice(1)}`]
    for (const { origin, cooldownMs, budget } of carriers) {
      await client.query('SELECT td.allow_carrier($1, $2, $3)', [origin, cooldownMs, budget])
      told.push(
        `carrier ${origin}: ${cooldownMs} ms between queries, ${budget} lookups an hour for the whole team`,
      )
    }
    for (const desk of desks) {
      const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [desk])
      if (rowCount !== 0) {
        await client.query(`GRANT td_desk TO ${client.escapeIdentifier(desk)}`)
        told.push(`desk ${desk}: it is there already, and keeps its password`)
        continue
      }
      const password = randomBytes(18).toString('base64url')
      await client.query(
        `CREATE ROLE ${client.escapeIdentifier(desk)} LOGIN CONNECTION LIMIT 4 IN ROLE td_desk PASSWORD ${client.escapeLiteral(password)}`,
      )
      told.push(`desk ${desk}: password ${password}`)
    }
    return told
  } finally {
    await client.end()
  }
}

// The driver would fill in from these what is not said.
for (const name of Object.keys(process.env)) if (name.startsWith('PG')) delete process.env[name]
try {
  for (const line of await setUp(readTeamSetup(process.argv.slice(2)))) console.log(line)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
