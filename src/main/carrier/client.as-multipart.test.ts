import { clientTestsIn } from './testing/client-tests.ts'

await clientTestsIn('multipart', 'multipart/form-data; boundary=')
