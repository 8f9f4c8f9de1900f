/** How long a test goes on: a little in the suite, hours' worth under `npm run soak`. */
export const isSoak = process.env['SOAK'] === '1';
export const howMany = (inTheSuite: number, inTheSoak: number): number => (isSoak ? inTheSoak : inTheSuite);
