/** The universes that a run over many securities can be of: see `db/universe` for what each holds. */
export const universes = ['held', 'asx200', 'liquid', 'all'] as const;
export type Universe = (typeof universes)[number];
