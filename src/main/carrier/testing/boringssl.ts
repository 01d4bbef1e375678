/** Whether this is Electron's library, which has no security levels, and not Node's OpenSSL. */
export const isBoringSsl =
  'openssl_is_boringssl' in process.features && process.features.openssl_is_boringssl === true

/** For a server with whatever versions and keys it is given. */
export const anyStrength: { readonly ciphers?: string } = isBoringSsl
  ? {}
  : { ciphers: 'DEFAULT:@SECLEVEL=0' }
