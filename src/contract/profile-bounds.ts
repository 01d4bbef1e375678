/** Bounds of what a profile may set; the carrier forbids bulk retrieval, so the gate can't be opened wide. */
export const bounds = {
  deadlineSeconds: { min: 5, max: 60, default: 15 },
  cooldownSeconds: { min: 1, max: 60, default: 3 },
  budgetPerHour: { min: 1, max: 120, default: 60 },
  signInsPerHour: { min: 1, max: 60, default: 6 },
  renewAfterMinutes: { min: 1, max: 10_080 },
} as const
