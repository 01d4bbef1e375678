import { X509Certificate } from 'node:crypto'

/** The certificates of a PEM text, each one parsed; throws where there is none, which Node would pass over. */
export function certificatesIn(pem: string): string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (found === null) throw new Error('no certificate')
  return found.map(block => new X509Certificate(block).toString())
}
