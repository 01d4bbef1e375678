/** What a request asks, whichever of the three forms its body has; read by the platform's own parsers. */
export async function jsonOf(
  request: { readonly head: string; readonly body: string } | undefined,
): Promise<unknown> {
  if (request === undefined) throw new Error('nothing was asked')
  const type = /^content-type: (.*)$/im.exec(request.head)?.[1]?.trim() ?? ''
  if (type === 'application/json') return JSON.parse(request.body)
  const form = await new Response(request.body, { headers: { 'content-type': type } }).formData()
  const fields = [...form.keys()]
  if (fields.join() !== 'json') throw new Error(`the fields are ${fields}`)
  return JSON.parse(String(form.get('json')))
}
