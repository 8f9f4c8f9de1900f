/** The eleven sectors of the Global Industry Classification Standard (MSCI and S&P, 2023). */
export const gicsSectors: readonly string[] = [
  'Communication Services',
  'Consumer Discretionary',
  'Consumer Staples',
  'Energy',
  'Financials',
  'Health Care',
  'Industrials',
  'Information Technology',
  'Materials',
  'Real Estate',
  'Utilities',
];
