/** A component as CycloneDX lists it; only what is used here. */
export interface Component {
  readonly type: string
  readonly name: string
  readonly group?: string
  readonly version: string
  readonly purl: string
  readonly licenses?: readonly unknown[]
}

/** A list of what is in a program. https://cyclonedx.org/docs/1.6/json/ */
export interface Bill {
  readonly bomFormat: 'CycloneDX'
  readonly specVersion: string
  readonly components: readonly Component[]
}

/** A package that is not bundled but lies in the program as it is. */
export interface Installed {
  readonly name: string
  readonly version: string
  readonly license: string
}

/** One list of the bundler's lists, one for each process, and of what is installed beside them; each component once, by its name. */
export function mergedBill(
  bills: readonly Bill[],
  { program, installed }: { readonly program: Installed; readonly installed: readonly Installed[] },
): Bill & { readonly version: number; readonly metadata: { readonly component: Component } } {
  const components = new Map<string, Component>()
  for (const component of [...bills.flatMap(bill => bill.components), ...installed.map(componentOf)])
    components.set(component.purl, component)
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { ...componentOf(program), type: 'application' } },
    components: [...components.values()].toSorted((a, b) => (a.purl < b.purl ? -1 : 1)),
  }
}

function componentOf({ name, version, license }: Installed): Component {
  const [, scope, rest] = /^(?:@([^/]+)\/)?(.+)$/.exec(name) ?? []
  return {
    type: 'library',
    ...(scope !== undefined && { group: `@${scope}` }),
    name: rest ?? name,
    version,
    purl: `pkg:npm/${scope === undefined ? '' : `%40${scope}/`}${rest}@${version}`,
    licenses: [{ license: { id: license } }],
  }
}
