import { clientTestsIn } from './testing/client-tests.ts'

await clientTestsIn('form', 'application/x-www-form-urlencoded')
