import { X509Certificate } from 'node:crypto'

/**
 * Parses each certificate of a PEM text. Throws where there is none: Node would ignore such a file silently.
 */
export function certificatesIn(pem: string): string[] {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g)
  if (found === null) throw new Error('no certificate')
  return found.map(block => new X509Certificate(block).toString())
}

/** Whether a file holds certificates, and nothing that is not one; false where it can't be read. */
export const holdsCertificates = (text: Promise<string>): Promise<boolean> =>
  text.then(pem => certificatesIn(pem).length > 0).catch(() => false)
