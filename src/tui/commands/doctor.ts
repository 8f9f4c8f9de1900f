/** The doctor: opening it, moving among what it found, and looking again. */
import type { Command, Context } from '../command.ts';
import { bodyHeight, overlayRows } from '../frame-size.ts';
import type { DoctorOverlay } from '../overlay.ts';
import { byStatus, chosenCheck, doctorTop } from '../overlays/doctor.ts';

const where = ['doctor'] as const;

function open({ state, dispatch, doctor }: Context): void {
  dispatch({ type: 'overlay', overlay: { kind: 'doctor', chosen: undefined, top: 0, isOpen: false } });
  doctor.look(state.size);
}

const change =
  (how: (overlay: DoctorOverlay, context: Context) => DoctorOverlay | undefined) =>
  (context: Context): void => {
    const { overlay } = context.state;
    if (overlay?.kind === 'doctor') context.dispatch({ type: 'overlay', overlay: how(overlay, context) });
  };

/** Chooses the check so many places on, the window after it. */
const move = (by: (page: number) => number) =>
  change((overlay, { state: { doctor, size } }) => {
    const room = { width: size.columns, height: overlayRows(bodyHeight(size.rows)) };
    const listed = byStatus(doctor.found);
    const at = listed.findIndex(each => each.id === chosenCheck(doctor, overlay)?.id);
    const wanted = Math.max(0, Math.min(listed.length - 1, at + by(room.height)));
    const moved = { ...overlay, chosen: listed[wanted]?.id };
    return { ...moved, top: doctorTop(doctor, moved, room) };
  });

const nothing = ({ state: { doctor } }: Context): string | undefined =>
  doctor.found.length === 0 ? 'nothing was found yet' : undefined;

const motion = { where, motion: true, unavailable: nothing } as const;

export const doctorCommands: readonly Command[] = [
  { id: 'doctor.open', keys: ['D'], title: 'doctor', where: 'screens', importance: 12.95, run: open },
  { id: 'doctor.down', keys: ['down', 'j'], title: 'down', ...motion, run: move(() => 1) },
  { id: 'doctor.up', keys: ['up', 'k'], title: 'up', ...motion, run: move(() => -1) },
  {
    id: 'doctor.page-down',
    keys: ['pagedown', 'space'],
    title: 'a page down',
    ...motion,
    run: move(page => Math.max(1, page - 1)),
  },
  { id: 'doctor.page-up', keys: ['pageup'], title: 'a page up', ...motion, run: move(page => -Math.max(1, page - 1)) },
  {
    id: 'doctor.first',
    keys: ['g', 'home'],
    title: 'to the first',
    ...motion,
    run: move(() => Number.NEGATIVE_INFINITY),
  },
  { id: 'doctor.last', keys: ['G', 'end'], title: 'to the last', ...motion, run: move(() => Number.POSITIVE_INFINITY) },
  {
    id: 'doctor.why',
    keys: ['enter'],
    title: 'why, and what mends it',
    where,
    motion: true,
    importance: 1,
    unavailable: nothing,
    run: change(overlay => ({ ...overlay, isOpen: !overlay.isOpen })),
  },
  {
    id: 'doctor.again',
    keys: ['r'],
    title: 'look again',
    where,
    motion: true,
    importance: 2,
    unavailable: ({ state }) => (state.doctor.isLooking ? 'it is looking' : undefined),
    run: ({ state, doctor }) => doctor.look(state.size),
  },
  {
    id: 'doctor.close',
    keys: ['esc', 'q', 'D'],
    title: 'close',
    where,
    motion: true,
    importance: 9,
    run: change(overlay => (overlay.isOpen ? { ...overlay, isOpen: false } : undefined)),
  },
];
