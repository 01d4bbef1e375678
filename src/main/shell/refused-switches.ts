/**
 * Switches that hand the page or the traffic of a packaged program to somebody else. Node's own (`--inspect`) are off by
 * a fuse too; Chromium's have none.
 * https://www.electronjs.org/docs/latest/api/command-line-switches
 */
export const REFUSED_SWITCHES = [
  // Anybody who reaches the port is the page.
  'remote-debugging-*',
  'remote-allow-origins',
  'inspect*',
  'debug*',
  // The page's sandbox and its rules.
  'no-sandbox',
  'disable-*sandbox*',
  'allow-sandbox-debugging',
  'single-process',
  'no-zygote*',
  'zygote-cmd-prefix',
  'browser-subprocess-path',
  'enable-features',
  'disable-features',
  'enable-blink-*',
  'disable-blink-*',
  'enable-experimental-web-platform-features',
  'blink-settings',
  'unsafely-treat-insecure-origin-as-secure',
  'disable-web-security',
  'disable-site-isolation*',
  'allow-running-insecure-content',
  'load-extension',
  'js-flags',
  'renderer-cmd-prefix',
  'gpu-launcher',
  'utility-cmd-prefix',
  // Who is asked, and who is believed.
  'ignore-certificate-errors*',
  'allow-insecure-localhost',
  'host-rules',
  'host-resolver-rules',
  'proxy-server',
  'proxy-pac-url',
  'proxy-bypass-list',
  'proxy-auto-detect',
  'use-system-ca',
  'use-openssl-ca',
  'tls-*',
  // What is written down.
  'enable-logging',
  'log-net-log',
  'ssl-key-log-file',
  'trace-startup*',
] as const
