// Runs first in both documents: the bridge is there before any script of the page, or not at all.
window.pageScript = { bridge: typeof window.contractBridge, violations: [] }
document.addEventListener('securitypolicyviolation', event =>
  window.pageScript.violations.push(event.effectiveDirective),
)
