/** The five classes that a model says of a security, worst to best in `signalClasses`. */
export const signalClasses = ['STRONG_SELL', 'SELL', 'HOLD', 'BUY', 'STRONG_BUY'] as const;
export type SignalClass = (typeof signalClasses)[number];
