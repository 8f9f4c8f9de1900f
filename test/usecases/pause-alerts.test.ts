import { expect, test } from 'vitest';
import { addAlert, removeAlerts, viewAlerts } from '../../src/usecases/manage-alerts.ts';
import { pauseAlerts, putBackAlert, takeOutAlert } from '../../src/usecases/pause-alerts.ts';
import { openTestApp } from '../support/app.ts';

const all = (app: Parameters<typeof viewAlerts>[0]) =>
  viewAlerts(app).alerts.map(({ alert, isPaused }) => [alert.id, alert.text, isPaused]);

test('a pause is of the rule: it goes with it, and a rule that is made anew is armed', async () => {
  const { app } = await openTestApp();
  const { id } = addAlert(app, 'BHP above 50', undefined).view.alert;
  pauseAlerts(app, [id], true);
  expect(all(app)).toContainEqual([id, 'BHP above 50', true]);
  removeAlerts(app, [id]);
  const again = addAlert(app, 'BHP above 50', undefined).view;
  expect(again.isPaused).toBe(false);
  pauseAlerts(app, [again.alert.id], true);
  expect(addAlert(app, 'BHP above 50.00', 'high').view.isPaused).toBe(false);
});

test('a number that is none pauses nothing', async () => {
  const { app } = await openTestApp();
  const { id } = addAlert(app, 'BHP above 50', undefined).view.alert;
  expect(() => pauseAlerts(app, [id, 99], true)).toThrow('There is no alert 99');
  expect(all(app)).toContainEqual([id, 'BHP above 50', false]);
});

test('a rule comes back under its number, paused as it was; where its like was made meanwhile that stays', async () => {
  const { app } = await openTestApp();
  const { id } = addAlert(app, 'BHP above 50', 'high').view.alert;
  pauseAlerts(app, [id], true);
  const before = all(app);
  const removed = takeOutAlert(app, id);
  expect(all(app)).not.toContainEqual([id, 'BHP above 50', true]);
  putBackAlert(app, removed);
  expect(all(app)).toEqual(before);
  const other = takeOutAlert(app, id);
  addAlert(app, 'CSL above 300', undefined);
  putBackAlert(app, other);
  expect(all(app).map(([, text]) => text)).toEqual(expect.arrayContaining(['BHP above 50', 'CSL above 300']));
  const [first] = viewAlerts(app).alerts;
  const gone = takeOutAlert(app, first?.alert.id ?? 0);
  expect(gone.alert.origin).toBe('default');
  putBackAlert(app, gone);
  putBackAlert(app, gone);
  expect(all(app).filter(([, text]) => text === gone.alert.text)).toHaveLength(1);
});
