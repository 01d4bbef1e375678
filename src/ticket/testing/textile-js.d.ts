declare module 'textile-js' {
  const textile: (source: string, options?: { readonly breaks?: boolean }) => string
  export default textile
}
