/** What the program takes from its surroundings; nothing else reads argv or the environment. */
export interface Config {
  /** The development server's address, honoured only in an unpackaged program. */
  readonly devServer: string | null
}

export function readConfig({
  env,
  isPackaged,
}: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isPackaged: boolean
}): Config {
  return { devServer: isPackaged ? null : (env['ELECTRON_RENDERER_URL'] ?? null) }
}
